package io.videottt.adaptation.settings;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
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
  MAIN_TASK_ONLY(
      "main-task-only",
      "Main Task Only",
      Setting.INDEPENDENT_FRAMES,
      "The model as trained for the main task alone, before it learned to reconstruct; nothing"
          + " changes at test time."),
  /** h0(f0) after joint training; fixed. */
  MAE_JOINT_TRAINING(
      "mae-joint-training",
      "MAE Joint Training",
      Setting.INDEPENDENT_FRAMES,
      "The fixed model that the others are compared with: trained for the main task and for"
          + " reconstructing masked images together; nothing changes at test time."),
  /** Every frame starts from f0, g0 and trains on that frame alone (Eq. 1). */
  TTT_MAE_NO_MEMORY(
      "ttt-mae-no-memory",
      "TTT-MAE No Memory",
      Setting.INDEPENDENT_FRAMES,
      "Trains on masked reconstructions of the current frame, and starts from the fixed model at"
          + " every frame."),
  /** Starts from the parameters of the frame before, trains on the current frame alone. */
  IMPLICIT_MEMORY_ONLY(
      "implicit-memory-only",
      "Implicit Memory Only",
      Setting.VIDEO_STREAM,
      "Trains on the current frame alone, from the weights that the frame before has left."),
  /** Every frame starts from f0, g0 and trains on the window. */
  EXPLICIT_MEMORY_ONLY(
      "explicit-memory-only",
      "Explicit Memory Only",
      Setting.VIDEO_STREAM,
      "Trains on the latest frames, the window, and starts from the fixed model at every frame."),
  /** Both memories (Eq. 2). */
  ONLINE_TTT_MAE(
      "online-ttt-mae",
      "Online TTT-MAE",
      Setting.VIDEO_STREAM,
      "Trains on the latest frames, the window, from the weights that the frame before has left:"
          + " the paper's method."),
  /** One model per video, trained on all of its frames; the best iteration by the metric. */
  OFFLINE_TTT_MAE_ALL_FRAMES(
      "offline-ttt-mae-all-frames",
      "Offline TTT-MAE All Frames",
      Setting.ENTIRE_VIDEO,
      "Trains one model on all frames of the video, those to come among them, and reports the"
          + " iteration that scores best: an oracle."),
  /** Re-estimates the statistics that the normalisation layers pass on, from the frames so far. */
  LN_ADAPT(
      "ln-adapt",
      "LN Adapt",
      Setting.VIDEO_STREAM,
      "Takes no steps: the statistics that the normalisation layers pass on follow the frames so"
          + " far."),
  /** Minimises the entropy of the class prediction by the normalisation layers' parameters. */
  TENT(
      "tent",
      "Tent",
      Setting.VIDEO_STREAM,
      "Makes the predicted classes more certain, by the weights of the normalisation layers"
          + " alone."),
  /** As {@link #TENT}, starting again when the predicted classes have changed too much. */
  TENT_CLASS_BALANCE(
      "tent-class-balance",
      "Tent with Class Balance",
      Setting.VIDEO_STREAM,
      "Tent, started again where the predicted classes have changed too much."),
  /** Trains on its own confident predictions, from masked frames. */
  SELF_TRAIN(
      "self-train",
      "Self-Train",
      Setting.VIDEO_STREAM,
      "Trains on its own confident predictions as if they were labels."),
  /** As {@link #SELF_TRAIN}, starting again when the predicted classes have changed too much. */
  SELF_TRAIN_CLASS_BALANCE(
      "self-train-class-balance",
      "Self-Train with Class Balance",
      Setting.VIDEO_STREAM,
      "Self-Train, started again where the predicted classes have changed too much."),
  /**
   * Control: h0(f0), fixed, on frames whose channels are matched to the mean and deviation of the
   * training images. Tells what a plain colour correction would have gained.
   */
  STANDARDISED_FIXED(
      "standardised-fixed",
      "Standardised Fixed",
      Setting.INDEPENDENT_FRAMES,
      "The fixed model on frames whose colours are matched to the training images: what a plain"
          + " colour correction gains without any training.",
      "Matching colours alone"),
  /**
   * Control: the steps of {@link #ONLINE_TTT_MAE} on training images instead of the video's frames.
   * Tells how much of a gain comes from training longer rather than from the video.
   */
  FOREIGN_FRAMES(
      "foreign-frames",
      "Foreign Frames",
      Setting.VIDEO_STREAM,
      "The steps of Online TTT-MAE on training images instead of the video's frames: what training"
          + " longer gains without seeing the video.",
      "Training as long on training images");

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
  private final String description;
  private final String subject;

  Method(String id, String title, Setting setting, String description) {
    this(id, title, setting, description, "");
  }

  Method(String id, String title, Setting setting, String description, String subject) {
    this.id = id;
    this.title = title;
    this.setting = setting;
    this.description = description;
    this.subject = subject;
  }

  /** Name in configurations, results and paths. */
  public String id() {
    return id;
  }

  /** Name as printed in the paper. */
  public String title() {
    return title;
  }

  /** What the method does and, of a control, what it tells: one or two whole sentences. */
  public String description() {
    return description;
  }

  /** The method as the subject of a sentence: its title, of a control what it stands for. */
  public String subject() {
    return subject.isEmpty() ? title : "%s (%s)".formatted(subject, title);
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
  public void require(Task task) {
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

  /** The method of a name, where there is one: results may be of methods from elsewhere. */
  public static Optional<Method> find(String id) {
    return Arrays.stream(values()).filter(method -> method.id.equals(id)).findFirst();
  }

  /** What a method of results is called: its title, or its name where the method is not known. */
  public static String title(String id) {
    return find(id).map(Method::title).orElse(id);
  }

  /**
   * The method of a name.
   *
   * @param id for example {@code online-ttt-mae}
   * @param source file and key that the name comes from, for the message
   * @throws InvalidInputException when there is no such method
   */
  public static Method parse(String id, String source) {
    return find(id)
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
