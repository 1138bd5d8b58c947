package io.videottt.adaptation.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.frames.WorkingSize.Size;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.LumaChroma;
import io.videottt.metrics.PanopticMap;
import io.videottt.model.Prediction;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.mask2former.MaskInference;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * h(f(x)) on whole, unmasked frames: resizes to the working resolution, predicts, and brings the
 * result back to the frame's own resolution. Uses the parameters as they are at the moment of the
 * call. Thread-confined like the model.
 */
public final class FramePredictor {

  private final SegmentationModel model;
  private final WorkingSize workingSize;
  private final ThingClasses classes;
  private final PanopticInference panoptic;
  private final InstanceInference instance;

  /**
   * What the network says about a frame.
   *
   * @param labels the predicted class of every pixel, at the frame's own resolution
   * @param prediction the head's tensors, batch of 1, in the caller's scope
   */
  public record Result(LabelMap labels, Prediction prediction) {}

  /**
   * The network's output for one frame, of which every task's prediction is made.
   *
   * @param prediction the head's tensors, batch of 1, in the caller's scope
   * @param rows of the working resolution
   * @param columns of the working resolution
   * @param frame the frame itself, at its own resolution
   */
  public record Output(Prediction prediction, int rows, int columns, RgbImage frame) {

    /** Rows of the frame itself. */
    public int height() {
      return frame.height();
    }

    /** Columns of the frame itself. */
    public int width() {
      return frame.width();
    }

    /** Reads a value, which waits for a device, so that the forward pass can be timed alone. */
    public void await() {
      List<NDArray> tensors = prediction.tensors();
      Transfers.number(tensors.get(tensors.size() - 1).flatten().get(0));
    }
  }

  /**
   * A predictor of all tasks that the model can do.
   *
   * @param model the model, not closed by this object
   * @param workingSize the resolution that the network works at
   * @param classes of the data set, things and stuff, in the order of their ids
   * @param postProcessing how segments and detections are made
   */
  public FramePredictor(
      SegmentationModel model,
      WorkingSize workingSize,
      List<ClassDefinition> classes,
      PostProcessing postProcessing) {
    this.model = model;
    this.workingSize = workingSize;
    this.classes = new ThingClasses(classes);
    this.panoptic = new PanopticInference(this.classes, postProcessing);
    this.instance = new InstanceInference(this.classes, postProcessing);
  }

  /**
   * A predictor of classes for pixels, whatever the classes are.
   *
   * @param model the model, not closed by this object
   * @param workingSize the resolution that the network works at
   * @throws InvalidInputException when it predicts no classes
   */
  public FramePredictor(SegmentationModel model, WorkingSize workingSize) {
    this(model, workingSize, List.of(), PostProcessing.defaults());
    ThingClasses.requireTask(model.configuration(), Task.SEMANTIC);
  }

  /**
   * Checks that the model and the classes fit what is to be predicted.
   *
   * @throws InvalidInputException when they do not
   */
  public void require(Task task) {
    classes.requireFit(model.configuration(), task);
  }

  /** Whether {@link #require} would accept a task. */
  public boolean canPredict(Task task) {
    return classes.fits(model.configuration(), task);
  }

  /**
   * The predicted classes of a frame, at its own resolution.
   *
   * @throws DivergenceException when a score is not finite
   */
  public LabelMap predict(RgbImage frame) {
    return inScope(() -> labels(forward(frame)));
  }

  /**
   * The predicted classes of frames that have one working size, in one pass through the network.
   * Equal to predicting them one by one but for rounding: a pixel may differ where two classes'
   * scores do in their last digits only.
   *
   * @param frames at least one
   * @return a label map for each, at the frame's own resolution
   * @throws IllegalArgumentException when the working sizes differ
   * @throws DivergenceException when a score is not finite
   */
  public List<LabelMap> predict(List<RgbImage> frames) {
    List<RgbImage> working = frames.stream().map(this::resized).toList();
    return inScope(() -> forward(working, frames).stream().map(this::labels).toList());
  }

  /** The predictions of tasks of one frame, in their order. */
  public List<TaskPrediction> predict(RgbImage frame, List<Task> tasks) {
    return inScope(
        () -> {
          Output output = forward(frame);
          return tasks.stream().map(task -> predict(task, output)).toList();
        });
  }

  private static Size commonSize(List<RgbImage> images) {
    List<Size> sizes =
        images.stream().map(image -> new Size(image.height(), image.width())).distinct().toList();
    if (sizes.size() != 1) {
      throw new IllegalArgumentException("frames have %d working sizes".formatted(sizes.size()));
    }
    return sizes.get(0);
  }

  /**
   * The segments of a frame, at its own resolution.
   *
   * @throws InvalidInputException when the model cannot tell segments, or not of these classes
   * @throws DivergenceException when a score is not finite
   */
  public PanopticMap panoptic(RgbImage frame) {
    require(Task.PANOPTIC);
    return inScope(() -> panoptic.infer(masks(forward(frame))));
  }

  /**
   * The things of a frame with their scores, by falling class probability, masks at the frame's own
   * resolution; they may overlap or be empty.
   *
   * @throws InvalidInputException when the model cannot tell instances, or not of these classes
   * @throws DivergenceException when a score is not finite
   */
  public List<InstanceDetection> instances(RgbImage frame) {
    require(Task.INSTANCE);
    return inScope(() -> instance.infer(masks(forward(frame))));
  }

  /**
   * The predicted classes and the head's tensors.
   *
   * @param frame the frame
   * @return tensors that belong to the {@link NDScope} around the call, which must exist
   */
  public Result predictWithTensors(RgbImage frame) {
    return Autograd.withoutGradient(
        () -> {
          Output output = forward(frame);
          return new Result(labels(output), output.prediction());
        });
  }

  /** The frame at working resolution. */
  public RgbImage resized(RgbImage frame) {
    return workingSize.resized(frame);
  }

  /** Where the network's tensors are made. */
  NDManager manager() {
    return model.manager();
  }

  /** K, the number of classes that the model tells. */
  int classCount() {
    return model.configuration().classCount();
  }

  private Output forward(RgbImage frame) {
    return forward(List.of(resized(frame)), List.of(frame)).get(0);
  }

  /**
   * The forward pass on frames that have been brought to working resolution already; on several at
   * once it may round otherwise than on one by one. Called without gradient, within a scope.
   *
   * @param working the frames at working resolution, of one size, at least one
   * @param frames the frames themselves
   */
  public List<Output> forward(List<RgbImage> working, List<RgbImage> frames) {
    Size size = commonSize(working);
    Prediction together = forward(working, size);
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Prediction own = frames.size() == 1 ? together : together.image(i);
      outputs.add(new Output(own, size.height(), size.width(), frames.get(i)));
    }
    return outputs;
  }

  /** The forward pass on images of one size, that of the working resolution. */
  Prediction forward(List<RgbImage> working, Size size) {
    List<byte[]> pixels = working.stream().map(RgbImage::pixels).toList();
    NDArray images =
        pixels.size() == 1
            ? model.images().of(pixels.get(0), size.height(), size.width())
            : ImageTensors.upload(model.manager(), pixels, size.height(), size.width());
    NDArray normalised = ImageTensors.normalise(images);
    return model.network().predict(model.network().encode(ImageTensors.unmasked(normalised)));
  }

  /**
   * One task's prediction. It leaves the output as it is, so that tasks do not influence each
   * other.
   *
   * @throws DivergenceException when a score is not finite
   */
  public TaskPrediction predict(Task task, Output output) {
    return switch (task) {
      case SEMANTIC -> new TaskPrediction.Semantic(labels(output));
      case PANOPTIC -> new TaskPrediction.Panoptic(panoptic.infer(masks(output)));
      case INSTANCE -> new TaskPrediction.Instance(instance.infer(masks(output)));
      case COLORIZATION -> new TaskPrediction.Colorization(colours(output));
    };
  }

  /** The frame's luma with the predicted chroma, which is brought to its size bilinearly. */
  private RgbImage colours(Output output) {
    RgbImage frame = output.frame();
    NDArray chroma = model.network().chroma(output.prediction(), output.rows(), output.columns());
    NDArray whole =
        output.rows() == frame.height() && output.columns() == frame.width()
            ? chroma
            : TensorFunctions.resizeBilinear(chroma, frame.height(), frame.width());
    return new RgbImage(
        frame.height(),
        frame.width(),
        LumaChroma.colours(frame.pixels(), finite(whole, "a value of chroma")));
  }

  private MaskInference masks(Output output) {
    if (!(output.prediction() instanceof Prediction.Queries queries)) {
      throw new IllegalStateException("the model predicts no masks");
    }
    return new MaskInference(
        queries, output.rows(), output.columns(), output.height(), output.width());
  }

  /**
   * The class probabilities of queries.
   *
   * @throws DivergenceException when a class or mask score is not finite
   */
  static float[][] probabilities(MaskInference masks) {
    float[][] probabilities = masks.classProbabilities();
    if (Float.isNaN(probabilities[0][0])) {
      throw new DivergenceException(
          "a class or mask score is not finite: the model's parameters have diverged");
    }
    return probabilities;
  }

  /** The class of the highest score of every pixel, at the frame's own resolution. */
  LabelMap labels(Output output) {
    return labels(semanticScores(output.prediction(), output.rows(), output.columns()), output);
  }

  /**
   * As above, with other scores than the network's own.
   *
   * @param scores [1, K, rows, columns] of the output's working resolution
   */
  LabelMap labels(NDArray scores, Output output) {
    byte[] labels =
        Transfers.isApart(scores)
            ? ScoreArgmax.onDevice(scores, output.height(), output.width())
            : ScoreArgmax.of(
                finite(scores),
                Math.toIntExact(scores.getShape().get(1)),
                output.rows(),
                output.columns(),
                output.height(),
                output.width());
    return new LabelMap(output.height(), output.width(), labels);
  }

  /** Class scores [B, K, rows, columns], as {@link io.videottt.model.Network} defines them. */
  NDArray semanticScores(Prediction prediction, int rows, int columns) {
    return model.network().semanticScores(prediction, rows, columns);
  }

  /** Runs without gradient, and frees every tensor made on the way. */
  public static <T> T inScope(Supplier<T> action) {
    return Autograd.withoutGradient(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return action.get();
          }
        });
  }

  /** NaN never wins a comparison: without this check it would silently predict class 0. */
  static float[] finite(NDArray tensor) {
    return finite(tensor, "a class score");
  }

  private static float[] finite(NDArray tensor, String what) {
    float[] values = Transfers.floats(tensor);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new DivergenceException(
            "%s is %s: the model's parameters have diverged".formatted(what, value));
      }
    }
    return values;
  }
}
