package io.videottt.adaptation.method;

import io.videottt.base.Extensions;
import io.videottt.base.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * The methods by name: those of the paper's Tables 1 and 4 (Section 4), the controls of this
 * project, and those that jars beside it bring.
 */
public final class Methods {

  /** h(f) as trained for the main task only, before joint training; fixed. */
  public static final Method MAIN_TASK_ONLY = new MainTaskOnly();

  /** h0(f0) after joint training; fixed. */
  public static final Method MAE_JOINT_TRAINING = new MaeJointTraining();

  /** Every frame starts from f0, g0 and trains on that frame alone (Eq. 1). */
  public static final Method TTT_MAE_NO_MEMORY = new TttMaeNoMemory();

  /** Starts from the parameters of the frame before, trains on the current frame alone. */
  public static final Method IMPLICIT_MEMORY_ONLY = new ImplicitMemoryOnly();

  /** Every frame starts from f0, g0 and trains on the window. */
  public static final Method EXPLICIT_MEMORY_ONLY = new ExplicitMemoryOnly();

  /** Both memories (Eq. 2). */
  public static final Method ONLINE_TTT_MAE = new OnlineTttMae();

  /** One model per video, trained on all of its frames; the best iteration by the metric. */
  public static final Method OFFLINE_TTT_MAE_ALL_FRAMES = new OfflineTttMaeAllFrames();

  /** Re-estimates the statistics that the normalisation layers pass on, from the frames so far. */
  public static final Method LN_ADAPT = new LnAdapt();

  /** Minimises the entropy of the class prediction by the normalisation layers' parameters. */
  public static final Method TENT = new Tent();

  /** As {@link #TENT}, starting again when the predicted classes have changed too much. */
  public static final Method TENT_CLASS_BALANCE = new TentClassBalance();

  /** Trains on its own confident predictions, from masked frames. */
  public static final Method SELF_TRAIN = new SelfTrain();

  /** As {@link #SELF_TRAIN}, starting again when the predicted classes have changed too much. */
  public static final Method SELF_TRAIN_CLASS_BALANCE = new SelfTrainClassBalance();

  /** Control: the fixed model on frames of the training images' colours. */
  public static final Method STANDARDISED_FIXED = new StandardisedFixed();

  /** Control: the steps of {@link #ONLINE_TTT_MAE} on training images. */
  public static final Method FOREIGN_FRAMES = new ForeignFrames();

  private static final Extensions<Method> ALL =
      new Extensions<>(
          Method.class,
          "method",
          Method::id,
          List.of(
              MAIN_TASK_ONLY,
              MAE_JOINT_TRAINING,
              TTT_MAE_NO_MEMORY,
              IMPLICIT_MEMORY_ONLY,
              EXPLICIT_MEMORY_ONLY,
              ONLINE_TTT_MAE,
              OFFLINE_TTT_MAE_ALL_FRAMES,
              LN_ADAPT,
              TENT,
              TENT_CLASS_BALANCE,
              SELF_TRAIN,
              SELF_TRAIN_CLASS_BALANCE,
              STANDARDISED_FIXED,
              FOREIGN_FRAMES));

  private Methods() {}

  /**
   * All methods: this project's in the order of the paper's tables, then others by name.
   *
   * @throws InvalidInputException when a jar's method cannot be made, or two have one name
   */
  public static List<Method> all() {
    return ALL.all();
  }

  /** The method of a name, where there is one: results may be of methods from elsewhere. */
  public static Optional<Method> find(String id) {
    return Optional.ofNullable(ALL.byName().get(id));
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
                        .formatted(source, id, String.join(", ", ALL.byName().keySet()))));
  }
}
