"""Own notation, loaded through FORMAT_MODULE_PATH."""
