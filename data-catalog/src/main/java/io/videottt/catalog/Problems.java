package io.videottt.catalog;

/** What is done about the defects of a file: refused when frames are read, collected by a check. */
interface Problems {

  /** Stops at the first. */
  Problems REFUSED =
      problem -> {
        throw problem;
      };

  /** Takes notice of a defect; the reader leaves out what it concerns, unless this throws. */
  void add(FileProblem problem);
}
