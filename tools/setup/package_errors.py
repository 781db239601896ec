"""What pip and npm say when they fail, boiled down to one sentence with a remedy."""

SIGNS_OF_FULL_DISK = ("No space left on device", "ENOSPC", "not enough space on the disk")
SIGNS_OF_WRONG_HASH = ("DO NOT MATCH THE HASHES", "EINTEGRITY")
SIGNS_OF_NO_NETWORK = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Connection refused",
    "Network is unreachable",
    "ProxyError",
    "Could not fetch URL",
    "No matching distribution found",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "ENOTCACHED",
    "network request",
)


def is_full_disk(output: str) -> bool:
    """Tell whether a tool's output says that there is no space left."""
    return any(sign in output for sign in SIGNS_OF_FULL_DISK)


def explain_package_failure(tool: str, output: str) -> str:
    """Return the sentence for a failed run of ``tool`` (pip or npm) that printed ``output``."""
    if is_full_disk(output):
        return (
            f"{tool} ran out of disk space. Free about 2 GB, or set HOMECUT_CACHE to a folder on "
            "another disk, and run this again."
        )
    if any(sign in output for sign in SIGNS_OF_WRONG_HASH):
        return (
            f"{tool} received a package that does not match its pinned hash, so it was not "
            "installed. Check what stands between you and the registry (proxy, mirror)."
        )
    if any(sign in output for sign in SIGNS_OF_NO_NETWORK):
        return (
            f"{tool} cannot reach its registry. Connect to the network for this first set-up "
            "(later runs need none), check the proxy settings, and run this again."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "err" in line.lower()] or lines
    reason = errors[-1] if errors else "it gave no reason"
    return f"{tool} failed: {reason} Run the same command again; what was downloaded is kept."
