package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;

/** A method that changes nothing at test time. */
abstract class FixedMethod extends Method {

  private static final long serialVersionUID = 1;

  FixedMethod(String id, String title, Role role, String description) {
    super(id, title, role, Sight.INDEPENDENT_FRAMES, description);
  }

  @Override
  public final boolean adapts() {
    return false;
  }

  @Override
  public final boolean trains() {
    return false;
  }

  @Override
  protected final boolean uses(String key, AdaptationSettings settings) {
    return false;
  }

  @Override
  public final Method warmsUpWith() {
    return Methods.MAE_JOINT_TRAINING;
  }

  @Override
  public FrameSteps open(MethodContext context) {
    return FrameSteps.NONE;
  }
}
