package io.videottt.catalog.file;

import java.util.Optional;

/** What is done about the defects of a file: refused when frames are read, collected by a check. */
public interface Problems {

  /** Stops at the first. */
  Problems REFUSED =
      problem -> {
        throw problem;
      };

  /** Takes notice of a defect; the reader leaves out what it concerns, unless this throws. */
  void add(FileProblem problem);

  /**
   * Takes notice of what is read as it stands; absent where nobody counts it, so that readers need
   * not look for it.
   */
  default Optional<Tally<TruthWarning>> warnings() {
    return Optional.empty();
  }
}
