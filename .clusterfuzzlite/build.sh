#!/bin/bash -eu
# Builds every fuzz target into $OUT, each with its options, its dictionary, its seeds and what was found with it before.
cd "$SRC/project"

# Seeds come from the corpus, by a program without the sanitizer.
seeds() {
  env --unset=RUSTFLAGS --unset=CFLAGS --unset=CXXFLAGS cargo run --quiet --package modal-fuzz -- seeds "$1" "$2"
}

for source in fuzz/libfuzzer/fuzz_targets/*.rs; do
  target="$(basename "$source" .rs)"
  cargo fuzz build --fuzz-dir fuzz/libfuzzer --features libfuzzer "$target"
  cp "target/x86_64-unknown-linux-gnu/release/$target" "$OUT/$target"
  cp "fuzz/options/$target.options" "$OUT/$target.options"

  inputs="$WORK/$target"
  seeds "$target" "$inputs"
  if [ -d "corpus/findings/$target" ]; then
    cp "corpus/findings/$target"/* "$inputs/"
  fi
  zip --quiet --junk-paths --recurse-paths "$OUT/${target}_seed_corpus.zip" "$inputs"
done

cp fuzz/dictionaries/*.dict "$OUT/"
