"""What AVIF, HEIC, JPEG XL and JPEG 2000 files say of their pictures before anything is decoded."""
