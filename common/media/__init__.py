"""What AVIF, HEIC and JPEG XL files say of their pictures before anything is decoded."""
