package io.videottt.adaptation.method;

import io.videottt.adaptation.frames.ShuffledVideo;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.FrameOrder;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.InputPadding;
import io.videottt.model.ReconstructionTarget;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A method that is compared: what is done with a model while a video goes by, and what tables,
 * figures, plans and checkpoints must know of it. Methods are found by {@link
 * java.util.ServiceLoader}, those of the paper like those in somebody's own jar; a method has no
 * state, and every video opens its own {@link Steps}. docs/extending.md shows a complete one.
 *
 * <p>A method is its id: what is serialised is the id, and the receiving process must know a method
 * of that name.
 */
public abstract class Method implements Serializable {

  private static final long serialVersionUID = 1;

  /** Passes that forward and backward over a sample cost, in predictions of a frame. */
  public static final int TRAINING_PASS = 3;

  /** What a method may see before it predicts a frame (the first column of Table 1). */
  public enum Sight {
    /** The frame itself. */
    INDEPENDENT_FRAMES("independent frames"),
    /** The frames up to and including it. */
    VIDEO_STREAM("video stream"),
    /** All frames of the video. */
    ENTIRE_VIDEO("entire video");

    private final String title;

    Sight(String title) {
      this.title = title;
    }

    /** As printed in tables. */
    public String title() {
      return title;
    }
  }

  /** Where a method stands in tables. */
  public enum Role {
    /** Among the rows of the paper's Tables 1 and 4. */
    PAPER,
    /** Below them: a control of this project, which tells what a gain is owed to. */
    CONTROL,
    /** Under a rule of their own: methods that neither the paper nor this project has. */
    OTHER
  }

  /**
   * What a method cannot run without.
   *
   * @param mainTaskModel whether it runs on the weights before joint training rather than on those
   *     after it
   * @param reconstruction whether it takes steps on reconstructions, which need g trained for their
   *     target
   * @param trainingImages whether it needs images of the training set at test time
   */
  public record Needs(boolean mainTaskModel, boolean reconstruction, boolean trainingImages) {

    /** The weights after joint training, f0 and h0, alone. */
    public static final Needs MODEL = new Needs(false, false, false);

    /** The weights after joint training with g0. */
    public static final Needs RECONSTRUCTION = new Needs(false, true, false);
  }

  private final String id;
  private final transient String title;
  private final transient Role role;
  private final transient Sight sight;
  private final transient String description;

  /**
   * A method that neither the paper nor this project has.
   *
   * @param id name in configurations, results and paths: lower case, digits and hyphens
   * @param title name as printed
   * @param sight what the method may see before it predicts a frame
   * @param description what it does, one or two whole sentences
   */
  protected Method(String id, String title, Sight sight, String description) {
    this(id, title, Role.OTHER, sight, description);
  }

  /** As above, of any role. */
  Method(String id, String title, Role role, Sight sight, String description) {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "the id of a method is lower case, digits and hyphens, not '%s'".formatted(id));
    }
    this.id = id;
    this.title = title;
    this.role = role;
    this.sight = sight;
    this.description = description;
  }

  /** Name in configurations, results and paths. */
  public final String id() {
    return id;
  }

  /** Name as printed, that of the paper where it has one. */
  public final String title() {
    return title;
  }

  /** Where the method stands in tables. */
  public final Role role() {
    return role;
  }

  /** What the method may see. */
  public final Sight sight() {
    return sight;
  }

  /** What the method does and, of a control, what it tells: one or two whole sentences. */
  public final String description() {
    return description;
  }

  /** The method as the subject of a sentence: its title, of a control what it stands for. */
  public String subject() {
    return title;
  }

  /**
   * Number of the method's colour and mark in every figure, from 0; empty for one that no other
   * method has.
   */
  public OptionalInt style() {
    return OptionalInt.empty();
  }

  /** What the method cannot run without. */
  public Needs needs() {
    return Needs.MODEL;
  }

  /** Whether the method changes the model. */
  public boolean adapts() {
    return true;
  }

  /**
   * Whether the method takes steps on random samples: whether its results depend on the seed. A
   * method that draws nothing says so, and its results are found whatever the seed.
   */
  public boolean trains() {
    return true;
  }

  /** Whether a frame's result may depend on the frames before it. */
  public boolean remembers() {
    return adapts();
  }

  /** Why the method is not defined for a task, in a sentence; empty where it is. */
  public Optional<String> limitation(Task task) {
    return Optional.empty();
  }

  /**
   * Whether the method's results depend on a setting; asked of the settings that are about training
   * and memory. Those about the size of frames, the tasks and the predictions hold for all methods.
   * Results are kept under the settings that count: a method that leaves one out by mistake has the
   * results of other settings taken for its own, so that all count unless it says otherwise.
   *
   * @param key a component of {@link AdaptationSettings}, nested ones with a dot: {@code
   *     selfTraining.confidenceThreshold}
   * @param settings all of them
   */
  protected boolean uses(String key, AdaptationSettings settings) {
    return true;
  }

  /**
   * What the method costs over a video, in predictions of a frame.
   *
   * @param frames of the video
   */
  public double predictions(AdaptationSettings settings, int frames) {
    return (double) frames * settings.prediction().votes();
  }

  /**
   * A method whose first frames run the code that this one's run: a process that has run the other
   * need not warm up for this one.
   */
  public Method warmsUpWith() {
    return this;
  }

  /**
   * Begins a video.
   *
   * @param context the model with f0, g0 and h0, the settings and the frames; valid until the steps
   *     are closed
   * @throws InvalidInputException when what the method needs is not there
   */
  public abstract Steps open(MethodContext context);

  /** Whether the method is defined for a task; {@link #limitation} says why not. */
  public final boolean supports(Task task) {
    return limitation(task).isEmpty();
  }

  /**
   * Checks that the method is defined for a task.
   *
   * @throws InvalidInputException when it is not
   */
  public final void require(Task task) {
    limitation(task)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(
                  "%s cannot do %s: %s\nleave one of the two out"
                      .formatted(id, task.title(), reason));
            });
  }

  /**
   * Exactly the settings that the method's results of a task depend on, as one line of JSON sorted
   * by key: two settings with the same canonical form give the same results, bit for bit.
   */
  public final String canonical(AdaptationSettings settings, Task task) {
    return new SettingUse(this, settings, task).canonical();
  }

  /** Whether the method's results of a task depend on the seed. */
  public final boolean dependsOnSeed(AdaptationSettings settings, Task task) {
    return new SettingUse(this, settings, task).dependsOnSeed();
  }

  /** The frames of a video in the order in which the method sees and predicts them. */
  public final Video inOrder(AdaptationSettings settings, Video video, long seed) {
    return settings.frameOrder() == FrameOrder.SHUFFLED && sight != Sight.ENTIRE_VIDEO
        ? ShuffledVideo.of(video, seed)
        : video;
  }

  /**
   * Whether a network pads something that the method gives it.
   *
   * @param padding of the network
   * @param height rows of the video's frames
   * @param width columns of the video's frames
   */
  public final boolean isPadded(
      AdaptationSettings settings, InputPadding padding, int height, int width) {
    WorkingSize.Size frame = settings.workingSize().of(height, width);
    WorkingSize.Size sample =
        settings.samplePolicy().sampleSize(settings.samplingSize().of(height, width));
    return padding.pads(frame.height(), frame.width())
        || trains() && padding.pads(sample.height(), sample.width());
  }

  /**
   * The target that g must have been trained for; empty where the method takes no steps on
   * reconstructions, whatever g is beside f and h then.
   */
  public final Optional<ReconstructionTarget> target(AdaptationSettings settings) {
    return needs().reconstruction()
        ? Optional.of(settings.reconstructionTarget())
        : Optional.empty();
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Method method && method.id.equals(id);
  }

  @Override
  public final int hashCode() {
    return id.hashCode();
  }

  /** The id. */
  @Override
  public final String toString() {
    return id;
  }

  /** Replaces the method by its name in a stream of objects. */
  protected final Object writeReplace() {
    return new MethodName(id);
  }

  /** A method's name, read as the method of that name in the reading process. */
  private record MethodName(String id) implements Serializable {

    private Object readResolve() {
      return Methods.parse(id, "a task of this sweep");
    }
  }
}
