"""Which browser tests every ``dev.py test`` runs: each journey of the README once, in minutes.

All others run with ``--all``; a new one is among them until it stands here. A path stands for all
tests of a file, a node without its parameters for one.
"""

JOURNEYS = {
    "with the real weights: cut out, saved, offline in a fresh tab, every request noted": (
        "cutout/test_cutout.py",
        "offline/test_offline.py",
        "privacy/test_network.py",
    ),
    "the page starts, also for whom it is not yet ready, or says why it does not": (
        "start/test_broken_page.py::test_a_page_whose_script_ends_fails_at_once_and_says_why",
        "start/test_first_paint.py::test_a_photo_chosen_before_python_is_up_goes_to_the_tab_that_was_pressed",
    ),
    "photos come in by dropping, pasting, choosing, and what is no photo is told in a sentence": (
        "intake/test_intake.py::test_a_dropped_photo_is_cut_out",
        "intake/test_intake.py::test_the_photos_of_a_dropped_folder_and_its_folders_are_cut_out",
        "intake/test_intake.py::test_a_pasted_photo_is_cut_out",
        "intake/test_intake.py::test_the_button_opens_a_dialogue_for_several_files",
        "intake/test_intake.py::test_a_dropped_web_address_is_answered_with_a_sentence",
        "intake/test_bad_input.py::test_a_bad_file_ends_in_one_sentence_and_the_next_photo_works",
    ),
    "each tab makes its file": (
        "tabs/test_tabs.py::test_compress_shows_bytes_saved_and_a_lower_quality_saves_more",
        "tabs/test_tabs.py::test_a_photo_becomes_any_format",
        "tabs/test_tabs.py::test_resize_gives_the_size_asked_for_and_refuses_a_mistyped_one",
        "tabs/test_tabs.py::test_one_recipe_goes_through_all_tabs",
        "tabs/test_metadata.py::test_no_saved_file_holds_anything_of_the_camera",
        "codecs/test_heic.py::test_a_photo_is_read_as_an_independent_reader_reads_it",
    ),
    "a batch, with what is broken in it, becomes a ZIP": (
        "tabs/test_batches.py::test_a_mixed_batch_runs_to_the_end_lists_what_is_broken_and_becomes_a_zip",
        "grid/test_grid.py::test_arrow_keys_walk_through_the_grid_and_the_stage_follows",
    ),
    "a cutout is edited, touched up, cropped, steered, and saved": (
        "editing/test_editing.py::test_a_typed_colour_stands_behind_the_subject_and_is_offered_again",
        "editing/test_touch_up.py::test_the_eraser_empties_what_it_passes_and_nothing_else",
        "editing/test_touch_up.py::test_undo_and_redo_go_through_all_steps_by_button_and_by_key",
        "editing/test_crop.py::test_a_photo_is_turned_flipped_cropped_and_straightened_from_its_own_pixels",
        "editing/test_only_this.py::test_a_box_a_click_undo_and_the_whole_photo_again",
        "editing/test_editing_out.py::test_every_format_is_what_it_says_and_shows_the_subject",
    ),
    "on a phone, counted in taps": (
        "journeys/test_counted.py::test_a_seller_with_a_phone_has_a_file_for_the_marketplace_in_eight_taps",
    ),
    "what fails is recovered from": (
        "cutout/test_recovery.py::test_a_photo_whose_worker_dies_is_done_by_its_replacement",
    ),
    "by keyboard and screen reader": (
        "screen/test_keyboard.py::test_a_cutout_is_made_compared_and_saved_by_keyboard_alone",
        "screen/test_accessibility.py::test_axe_would_find_something",
        "screen/test_accessibility.py::test_no_tab_has_violations",
    ),
    "the guards stand: gate, store, second worker, ledger": (
        "offline/test_service_worker.py::test_nothing_but_plain_requests_of_the_pages_files_gets_through",
        "offline/test_poisoned_store.py::test_no_other_file_than_the_workers_can_be_started_as_one",
        "channels/test_second_worker.py::test_a_script_that_is_shipped_cannot_be_a_service_worker",
        "privacy/test_ledger.py::test_the_self_audit_passes_and_says_what_it_saw",
        "privacy/test_ledger.py::test_what_the_gate_stops_appears_in_the_ledger",
    ),
    "the lab": (
        "lab/test_lab.py::test_every_stage_shows_pictures_or_numbers_and_keeps_its_contract",
        "lab/test_lab.py::test_a_change_shows_in_its_stage_and_below_and_nowhere_on_the_page",
        "lab/test_lab.py::test_a_lesson_is_checked_in_words_and_its_solution_passes",
    ),
}
"""What a visitor does, and the tests in ``tests/browser`` that do it."""

PLACES = frozenset(place for places in JOURNEYS.values() for place in places)


def is_of_every_run(node: str) -> bool:
    """Tell whether a test, by its pytest node below ``tests/browser``, stands in the table."""
    file, _, test = node.partition("::")
    return file in PLACES or f"{file}::{test.split('[')[0]}" in PLACES
