package io.videottt.adaptation.method;

import java.util.OptionalInt;

/** MAE Joint Training: h0(f0), fixed, which the others are compared with. */
final class MaeJointTraining extends FixedMethod {

  private static final long serialVersionUID = 1;

  MaeJointTraining() {
    super(
        "mae-joint-training",
        "MAE Joint Training",
        Role.PAPER,
        "The fixed model that the others are compared with: trained for the main task and for"
            + " reconstructing masked images together; nothing changes at test time.");
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(0);
  }
}
