package io.videottt.adaptation.training;

import io.videottt.model.Part;
import java.util.Arrays;
import java.util.List;

/** The phases of training, in order. */
enum TrainingPhase {
  /** l_m alone, with f and h. */
  MAIN_TASK_ONLY("main-task-only", Part.ENCODER, Part.MAIN_HEAD),
  /** l_m + l_s, with f, h and g. */
  JOINT("joint", Part.ENCODER, Part.MAIN_HEAD, Part.RECONSTRUCTION),
  /** l_s alone, with g: f and h stay as they are. */
  RECONSTRUCTION("reconstruction", Part.RECONSTRUCTION);

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
    return switch (this) {
      case MAIN_TASK_ONLY -> settings.mainTask();
      case JOINT -> settings.joint();
      case RECONSTRUCTION -> settings.reconstruction();
    };
  }

  /** The phases that settings have iterations for, in order. */
  static List<TrainingPhase> all(TrainingSettings settings) {
    return Arrays.stream(values()).filter(phase -> phase.of(settings).iterations() > 0).toList();
  }

  /** Whether l_m is minimised. */
  boolean trainsMainTask() {
    return this != RECONSTRUCTION;
  }

  /** Whether l_s is minimised. */
  boolean trainsReconstruction() {
    return this != MAIN_TASK_ONLY;
  }
}
