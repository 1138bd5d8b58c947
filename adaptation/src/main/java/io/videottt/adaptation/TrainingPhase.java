package io.videottt.adaptation;

import io.videottt.model.Part;

/** The two phases of training, in order. */
enum TrainingPhase {
  /** l_m alone, with f and h. */
  MAIN_TASK_ONLY("main-task-only", Part.ENCODER, Part.MAIN_HEAD),
  /** l_m + l_s, with f, h and g. */
  JOINT("joint", Part.ENCODER, Part.MAIN_HEAD, Part.RECONSTRUCTION);

  private final String id;
  private final Part[] parts;

  TrainingPhase(String id, Part... parts) {
    this.id = id;
    this.parts = parts;
  }

  /** Name of the phase and of the folder of its result. */
  String id() {
    return id;
  }

  /** What is optimised. */
  Part[] parts() {
    return parts.clone();
  }

  TrainingSettings.Phase of(TrainingSettings settings) {
    return this == JOINT ? settings.joint() : settings.mainTask();
  }
}
