package io.videottt.adaptation;

import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The methods that are compared: those of the paper's Tables 1 and 4 (Section 4) and two controls
 * of this project. What a method remembers, and whether it starts again at every frame, is in
 * {@link Procedure}; methods to come add a constant here and a procedure there.
 */
public enum Method {
  /** h(f) as trained for the main task only, before joint training; fixed. */
  MAIN_TASK_ONLY("main-task-only", "Main Task Only", Setting.INDEPENDENT_FRAMES),
  /** h0(f0) after joint training; fixed. */
  MAE_JOINT_TRAINING("mae-joint-training", "MAE Joint Training", Setting.INDEPENDENT_FRAMES),
  /** Every frame starts from f0, g0 and trains on that frame alone (Eq. 1). */
  TTT_MAE_NO_MEMORY("ttt-mae-no-memory", "TTT-MAE No Memory", Setting.INDEPENDENT_FRAMES),
  /** Starts from the parameters of the frame before, trains on the current frame alone. */
  IMPLICIT_MEMORY_ONLY("implicit-memory-only", "Implicit Memory Only", Setting.VIDEO_STREAM),
  /** Every frame starts from f0, g0 and trains on the window. */
  EXPLICIT_MEMORY_ONLY("explicit-memory-only", "Explicit Memory Only", Setting.VIDEO_STREAM),
  /** Both memories (Eq. 2). */
  ONLINE_TTT_MAE("online-ttt-mae", "Online TTT-MAE", Setting.VIDEO_STREAM),
  /** One model per video, trained on all of its frames; the best iteration by the metric. */
  OFFLINE_TTT_MAE_ALL_FRAMES(
      "offline-ttt-mae-all-frames", "Offline TTT-MAE All Frames", Setting.ENTIRE_VIDEO),
  /** Re-estimates the statistics that the normalisation layers pass on, from the frames so far. */
  LN_ADAPT("ln-adapt", "LN Adapt", Setting.VIDEO_STREAM),
  /** Minimises the entropy of the class prediction by the normalisation layers' parameters. */
  TENT("tent", "Tent", Setting.VIDEO_STREAM),
  /** As {@link #TENT}, starting again when the predicted classes have changed too much. */
  TENT_CLASS_BALANCE("tent-class-balance", "Tent with Class Balance", Setting.VIDEO_STREAM),
  /** Trains on its own confident predictions, from masked frames. */
  SELF_TRAIN("self-train", "Self-Train", Setting.VIDEO_STREAM),
  /** As {@link #SELF_TRAIN}, starting again when the predicted classes have changed too much. */
  SELF_TRAIN_CLASS_BALANCE(
      "self-train-class-balance", "Self-Train with Class Balance", Setting.VIDEO_STREAM),
  /**
   * Control: h0(f0), fixed, on frames whose channels are matched to the mean and deviation of the
   * training images. Tells what a plain colour correction would have gained.
   */
  STANDARDISED_FIXED("standardised-fixed", "Standardised Fixed", Setting.INDEPENDENT_FRAMES),
  /**
   * Control: the steps of {@link #ONLINE_TTT_MAE} on training images instead of the video's frames.
   * Tells how much of a gain comes from training longer rather than from the video.
   */
  FOREIGN_FRAMES("foreign-frames", "Foreign Frames", Setting.VIDEO_STREAM);

  /** What a method may see before it predicts a frame (the first column of Table 1). */
  public enum Setting {
    /** The frame itself. */
    INDEPENDENT_FRAMES("independent frames"),
    /** The frames up to and including it. */
    VIDEO_STREAM("video stream"),
    /** All frames of the video. */
    ENTIRE_VIDEO("entire video");

    private final String title;

    Setting(String title) {
      this.title = title;
    }

    /** As printed in tables. */
    public String title() {
      return title;
    }
  }

  private final String id;
  private final String title;
  private final Setting setting;

  Method(String id, String title, Setting setting) {
    this.id = id;
    this.title = title;
    this.setting = setting;
  }

  /** Name in configurations, results and paths. */
  public String id() {
    return id;
  }

  /** Name as printed in the paper. */
  public String title() {
    return title;
  }

  /** What the method may see. */
  public Setting setting() {
    return setting;
  }

  /** Whether this is a control of the project rather than a method of the paper. */
  public boolean isControl() {
    return this == STANDARDISED_FIXED || this == FOREIGN_FRAMES;
  }

  /** Whether the method changes the model's parameters. */
  public boolean adapts() {
    return this != MAIN_TASK_ONLY && this != MAE_JOINT_TRAINING && this != STANDARDISED_FIXED;
  }

  /** Whether the method trains the reconstruction decoder g. */
  public boolean needsReconstruction() {
    return trains() && !minimisesEntropy() && !trainsOnPseudoLabels();
  }

  /** Whether the method takes steps on samples, which is what costs time. */
  public boolean trains() {
    return adapts() && this != LN_ADAPT;
  }

  /** Whether the method is Tent, with or without class balance. */
  public boolean minimisesEntropy() {
    return this == TENT || this == TENT_CLASS_BALANCE;
  }

  /** Whether the method is self-training, with or without class balance. */
  public boolean trainsOnPseudoLabels() {
    return this == SELF_TRAIN || this == SELF_TRAIN_CLASS_BALANCE;
  }

  /** Whether the method starts again when the predicted classes have changed too much. */
  public boolean balancesClasses() {
    return this == TENT_CLASS_BALANCE || this == SELF_TRAIN_CLASS_BALANCE;
  }

  /** Whether the method is defined for a task; {@link #limitation} says why not. */
  public boolean supports(Task task) {
    return limitation(task).isEmpty();
  }

  /** Why the method is not defined for a task, in a sentence; empty where it is. */
  public Optional<String> limitation(Task task) {
    return trainsOnPseudoLabels() && task != Task.SEMANTIC
        ? Optional.of(
            "Self-training labels single pixels by their confidence, which the networks give for"
                + " semantic segmentation only.")
        : Optional.empty();
  }

  /**
   * @throws InvalidInputException when the method is not defined for the task
   */
  void require(Task task) {
    limitation(task)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  "%s cannot do %s segmentation: %s\nleave one of the two out"
                      .formatted(id, task.id(), reason));
            });
  }

  /** Whether the method runs on the checkpoint before joint training. */
  public boolean usesMainTaskModel() {
    return this == MAIN_TASK_ONLY;
  }

  /** Whether the method needs images of the training set at test time. */
  public boolean needsTrainingImages() {
    return isControl() || this == LN_ADAPT;
  }

  /**
   * The method of a name.
   *
   * @param id for example {@code online-ttt-mae}
   * @param source file and key that the name comes from, for the message
   * @throws InvalidInputException when there is no such method
   */
  public static Method parse(String id, String source) {
    return Arrays.stream(values())
        .filter(method -> method.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: unknown method '%s'\nknown: %s"
                        .formatted(
                            source,
                            id,
                            Arrays.stream(values())
                                .map(Method::id)
                                .collect(Collectors.joining(", ")))));
  }
}
