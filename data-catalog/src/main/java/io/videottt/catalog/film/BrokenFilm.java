package io.videottt.catalog.film;

/** What is wrong with a file from a place on that its reader knows. */
final class BrokenFilm extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenFilm(String reason) {
    super(reason);
  }
}
