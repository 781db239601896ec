"""From the network's answer to the alpha matte: tensor, mask, edges, the subject's own colours."""
