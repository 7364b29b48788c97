//! The fuzz targets on a stable compiler: what fuzzing begins with, what it found, and what it would find.

mod inputs;
mod planted;
mod programs;
mod seeds;
mod smoke;
