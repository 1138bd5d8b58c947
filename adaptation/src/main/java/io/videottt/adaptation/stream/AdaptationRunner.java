package io.videottt.adaptation.stream;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.frames.ScaleJitter;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingFrames;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.SemanticInference;
import io.videottt.adaptation.scoring.FrameScorer;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Method;
import io.videottt.adaptation.settings.Objective;
import io.videottt.adaptation.settings.Procedure;
import io.videottt.adaptation.step.AdaptationState;
import io.videottt.adaptation.step.LayerNormAdaptation;
import io.videottt.adaptation.step.StreamTrainer;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.model.ChannelMoments;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Precision;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs units: one video with one method, settings and seed. The model is f0, g0, h0 before and
 * after every unit, also one that failed, so that units do not influence each other.
 * Thread-confined; several runners with models of their own may run beside each other.
 */
public final class AdaptationRunner implements AutoCloseable {

  /** Share of the Java heap that remembered frames may take by default. */
  private static final int HEAP_SHARE = 8;

  private static final int STATISTICS_IMAGES = 100;

  private static final Logger LOG = LoggerFactory.getLogger(AdaptationRunner.class);

  private final SegmentationModel joint;
  private final Optional<SegmentationModel> mainTaskOnly;
  private final List<ClassDefinition> classes;
  private final List<Video> trainingVideos;
  private final long frameCacheBytes;
  private final ParameterSnapshot initial;
  private TrainingImages trainingImages;
  private StatisticsKey sourceStatisticsKey;
  private Map<String, ChannelMoments> sourceStatistics;

  /** What statistics of the training images depend on, for one model. */
  private record StatisticsKey(WorkingSize size, int threads, Precision precision) {}

  /**
   * @param joint f0, g0, h0; not closed by this object
   * @param mainTaskOnly the checkpoint before joint training, where Main Task Only is run; not
   *     closed by this object
   * @param classes of the data set whose videos are run, in the order of their ids
   * @param trainingVideos the training split, where the controls are run; else empty
   */
  public AdaptationRunner(
      SegmentationModel joint,
      Optional<SegmentationModel> mainTaskOnly,
      List<ClassDefinition> classes,
      List<Video> trainingVideos) {
    this(
        joint,
        mainTaskOnly,
        classes,
        trainingVideos,
        Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /**
   * As above.
   *
   * @param frameCacheBytes memory for remembered frames at working resolution; those that do not
   *     fit are decoded again when they are sampled, with the same result
   */
  public AdaptationRunner(
      SegmentationModel joint,
      Optional<SegmentationModel> mainTaskOnly,
      List<ClassDefinition> classes,
      List<Video> trainingVideos,
      long frameCacheBytes) {
    this.joint = joint;
    this.mainTaskOnly = mainTaskOnly;
    this.classes = List.copyOf(classes);
    this.trainingVideos = List.copyOf(trainingVideos);
    this.frameCacheBytes = frameCacheBytes;
    EngineThread.prepare(1);
    this.initial = ParameterSnapshot.of(joint.parameters().all());
  }

  /**
   * Runs one unit. The adaptation, which knows nothing of tasks, runs once; every task is predicted
   * and scored at every frame, with the result that it would have alone.
   *
   * @param video the video, opened for the tasks
   * @param tasks what is predicted, at least one
   * @param method the method
   * @param settings the method's settings
   * @param unitSeed decides every random draw
   * @param sink receives every frame's results in the order in which the method sees the frames
   * @return how each task has ended
   * @throws InvalidInputException when a file is broken, the model's classes do not fit the data
   *     set's, the settings do not apply to a task, or the method needs a model or training images
   *     that this runner does not have
   * @throws DivergenceException when a loss is no longer finite
   * @throws InterruptedException when the thread was interrupted
   */
  public Map<Task, TaskOutcome> run(
      Video video,
      Set<Task> tasks,
      Method method,
      AdaptationSettings settings,
      long unitSeed,
      FrameSink sink)
      throws InterruptedException {
    return run(video, tasks, method, settings, unitSeed, AdaptationCheckpoints.none(), sink);
  }

  /**
   * As above, going on from the last checkpoint if there is one, with a result equal bit for bit to
   * that of an undisturbed run. The sink receives all frames, those before the checkpoint first.
   *
   * @param checkpoints where the unit's state is kept; left there when the unit ends, since only
   *     the caller knows when its results are safe
   */
  public Map<Task, TaskOutcome> run(
      Video video,
      Set<Task> tasks,
      Method method,
      AdaptationSettings settings,
      long unitSeed,
      AdaptationCheckpoints checkpoints,
      FrameSink sink)
      throws InterruptedException {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("no task to predict");
    }
    Set<Task> ordered = EnumSet.copyOf(tasks);
    ordered.forEach(settings::require);
    ordered.forEach(method::require);
    EngineThread.prepare(settings.threads());
    return settings
        .precision()
        .within(() -> runPrepared(video, ordered, method, settings, unitSeed, checkpoints, sink));
  }

  private Map<Task, TaskOutcome> runPrepared(
      Video video,
      Set<Task> ordered,
      Method method,
      AdaptationSettings settings,
      long unitSeed,
      AdaptationCheckpoints checkpoints,
      FrameSink sink)
      throws InterruptedException {
    SegmentationModel model = modelFor(method, settings);
    FramePredictor predictor =
        new FramePredictor(model, settings.workingSize(), classes, settings.postProcessing());
    ordered.forEach(predictor::require);
    Video stream = settings.inOrder(method, video, unitSeed);
    try (SemanticInference semantic =
        SemanticInference.of(settings.prediction(), predictor, unitSeed)) {
      FrameLoop loop =
          new FrameLoop(
              stream,
              predictor,
              semantic,
              new FrameScorer(classes.size()),
              ordered,
              sink.previews());
      if (!method.adapts()) {
        UnaryOperator<RgbImage> colours = coloursFor(method, video, settings);
        return new StreamRun(ordered, checkpoints, Optional.empty(), semantic.memory(), sink)
            .run(loop, colours, (index, frame, working) -> StreamTrainer.NOTHING);
      }
      WorkingFrames frames =
          new WorkingFrames(stream, settings.samplingSize()::resized, frameCacheBytes);
      Procedure procedure = Procedure.of(method, settings);
      try (AdaptationState state =
          new AdaptationState(model, initial, procedure.objective(), settings, frames)) {
        if (method == Method.OFFLINE_TTT_MAE_ALL_FRAMES) {
          return new OfflineTraining(settings, unitSeed, state, loop, video, ordered, checkpoints)
              .run(sink);
        }
        if (procedure.objective() == Objective.NORM_STATISTICS) {
          LayerNormAdaptation adaptation =
              new LayerNormAdaptation(
                  state,
                  state.moments(),
                  sourceStatistics(video, settings),
                  settings.layerNorm().sourceFrames());
          return new StreamRun(ordered, checkpoints, Optional.of(state), semantic.memory(), sink)
              .run(loop, UnaryOperator.identity(), adaptation::observe);
        }
        StreamTrainer adapter =
            new StreamTrainer(
                procedure,
                settings,
                unitSeed,
                state,
                method.needsTrainingImages() ? trainingImages(method, video, settings) : null);
        return new StreamRun(ordered, checkpoints, Optional.of(state), semantic.memory(), sink)
            .run(loop, UnaryOperator.identity(), adapter::observe);
      }
    } catch (DivergenceException e) {
      throw new DivergenceException(
          "video %s, method %s: %s".formatted(video.id(), method.id(), e.getMessage()));
    }
  }

  /**
   * Computes the first frames of a unit and forgets them, where this process has not run a unit of
   * its kind before: so that the seconds of its first frames are like those of the others. Changes
   * nothing that the unit depends on, and leaves it to the unit to say what is wrong with its
   * input.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public void warmUp(
      Video video, Set<Task> tasks, Method method, AdaptationSettings settings, long unitSeed)
      throws InterruptedException {
    // The offline method takes the same steps, many of them before its first frame.
    Method stepping = method == Method.OFFLINE_TTT_MAE_ALL_FRAMES ? Method.ONLINE_TTT_MAE : method;
    Objective objective =
        stepping.adapts() ? Procedure.of(stepping, settings).objective() : Objective.NONE;
    WarmUp.Kind kind =
        new WarmUp.Kind(
            joint.configuration().getClass(), objective, Set.copyOf(tasks), settings.precision());
    if (!WarmUp.begins(kind)) {
      return;
    }
    try {
      run(video, tasks, stepping, settings, unitSeed, WarmUp.sink(tasks));
    } catch (WarmUp.Ended | InvalidInputException | DivergenceException e) {
      LOG.debug("{}: warm for {}: {}", video.id(), kind, e.getMessage());
    }
  }

  @Override
  public void close() {
    initial.close();
  }

  private UnaryOperator<RgbImage> coloursFor(
      Method method, Video video, AdaptationSettings settings) {
    return method == Method.STANDARDISED_FIXED
        ? trainingImages(method, video, settings).statistics()::match
        : UnaryOperator.identity();
  }

  private SegmentationModel modelFor(Method method, AdaptationSettings settings) {
    if (method.usesMainTaskModel()) {
      return mainTaskOnly.orElseThrow(
          () ->
              new InvalidInputException(
                  "%s needs the model before joint training\nname its folder, or leave it out"
                      .formatted(method.id())));
    }
    settings.targetOf(method).ifPresent(target -> joint.requireReconstruction(target, method.id()));
    return joint;
  }

  /** Of up to {@value #STATISTICS_IMAGES} training images, evenly spread, by f0. */
  private Map<String, ChannelMoments> sourceStatistics(Video video, AdaptationSettings settings) {
    TrainingImages images = trainingImages(Method.LN_ADAPT, video, settings);
    StatisticsKey key = new StatisticsKey(images.size(), settings.threads(), settings.precision());
    if (!key.equals(sourceStatisticsKey)) {
      sourceStatistics = LayerNormAdaptation.statistics(joint, images.spread(STATISTICS_IMAGES));
      sourceStatisticsKey = key;
    }
    return sourceStatistics;
  }

  private TrainingImages trainingImages(Method method, Video video, AdaptationSettings settings) {
    if (trainingVideos.isEmpty()) {
      throw new InvalidInputException(
          "%s needs images of the training split\nname it, or leave the method out"
              .formatted(method.id()));
    }
    WorkingSize size = trainingSize(method, video, settings);
    if (trainingImages == null || !trainingImages.size().equals(size)) {
      trainingImages =
          new TrainingImages(trainingVideos, false, Task.SEMANTIC, size, frameCacheBytes);
    }
    return trainingImages;
  }

  /** As large as the video's frames, unless samples are scaled to a size of their own. */
  private static WorkingSize trainingSize(Method method, Video video, AdaptationSettings settings) {
    WorkingSize wanted = method.trains() ? settings.samplingSize() : settings.workingSize();
    if (method.trains() && settings.scaleJitter().of() == ScaleJitter.Reference.CROP) {
      return wanted;
    }
    RgbImage frame = video.read(0).image();
    WorkingSize.Size size = wanted.of(frame.height(), frame.width());
    return WorkingSize.fixed(size.height(), size.width());
  }
}
