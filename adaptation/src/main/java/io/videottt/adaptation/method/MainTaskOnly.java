package io.videottt.adaptation.method;

import java.util.OptionalInt;

/** Main Task Only: h(f) as trained for the main task alone, fixed. */
final class MainTaskOnly extends FixedMethod {

  private static final long serialVersionUID = 1;

  MainTaskOnly() {
    super(
        "main-task-only",
        "Main Task Only",
        Role.PAPER,
        "The model as trained for the main task alone, before it learned to reconstruct; nothing"
            + " changes at test time.");
  }

  @Override
  public Needs needs() {
    return new Needs(true, false, false);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(7);
  }
}
