package io.videottt.catalog;

import io.videottt.metrics.InvalidInputException;

/** A file of a data set that cannot be used, with the kind of its defect. */
final class FileProblem extends InvalidInputException {

  private final CatalogCheck.Kind kind;

  FileProblem(CatalogCheck.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FileProblem(CatalogCheck.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  CatalogCheck.Kind kind() {
    return kind;
  }
}
