package io.videottt.adaptation.stream;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingFrames;
import io.videottt.adaptation.inference.FrameMemory;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.SemanticInference;
import io.videottt.adaptation.method.FrameSteps;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodContext;
import io.videottt.adaptation.method.Steps;
import io.videottt.adaptation.method.VideoSteps;
import io.videottt.adaptation.scoring.ColourMemory;
import io.videottt.adaptation.scoring.FrameScorer;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.video.Video;
import io.videottt.model.ChannelMoments;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.folder.SegmentationModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final Logger LOG = LoggerFactory.getLogger(AdaptationRunner.class);

  private final SegmentationModel model;
  private final List<ClassDefinition> classes;
  private final TrainingSet trainingSet;
  private final long frameCacheBytes;
  private final FeatureNetworks networks;
  private final ParameterSnapshot initial;

  /**
   * @param model f0, g0, h0, or the checkpoint before joint training for Main Task Only; not closed
   *     by this object
   * @param classes of the data set whose videos are run, in the order of their ids
   * @param trainingVideos the training split, where the controls are run; else empty
   */
  public AdaptationRunner(
      SegmentationModel model, List<ClassDefinition> classes, List<Video> trainingVideos) {
    this(model, classes, trainingVideos, FeatureNetworks.NONE);
  }

  /**
   * As above.
   *
   * @param networks look at predicted colours; not closed by this object
   */
  public AdaptationRunner(
      SegmentationModel model,
      List<ClassDefinition> classes,
      List<Video> trainingVideos,
      FeatureNetworks networks) {
    this(model, classes, trainingVideos, networks, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /**
   * As above.
   *
   * @param frameCacheBytes memory for remembered frames at working resolution; those that do not
   *     fit are decoded again when they are sampled, with the same result
   */
  public AdaptationRunner(
      SegmentationModel model,
      List<ClassDefinition> classes,
      List<Video> trainingVideos,
      FeatureNetworks networks,
      long frameCacheBytes) {
    this.model = model;
    this.networks = networks;
    this.classes = List.copyOf(classes);
    this.trainingSet = new TrainingSet(model, trainingVideos, frameCacheBytes);
    this.frameCacheBytes = frameCacheBytes;
    EngineThread.prepare(1);
    this.initial = ParameterSnapshot.of(model.parameters().all());
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
    method.target(settings).ifPresent(target -> model.requireReconstruction(target, method.id()));
    FramePredictor predictor =
        new FramePredictor(model, settings.workingSize(), classes, settings.postProcessing());
    ordered.forEach(predictor::require);
    Video stream = method.inOrder(settings, video, unitSeed);
    WorkingFrames frames =
        new WorkingFrames(stream, settings.samplingSize()::resized, frameCacheBytes);
    try (SemanticInference semantic =
            SemanticInference.of(settings.prediction(), predictor, unitSeed);
        ColourMemory colours = new ColourMemory(model.manager());
        Steps steps = method.open(new Context(method, settings, unitSeed, stream, frames, video))) {
      FrameScorer scorer = new FrameScorer(classes.size(), colours, networks);
      FrameLoop loop = new FrameLoop(stream, predictor, semantic, scorer, ordered, sink.previews());
      if (steps instanceof VideoSteps training) {
        return new OfflineTraining(settings, training, loop, video, ordered, checkpoints).run(sink);
      }
      // Classes of pixels and colours are never predicted together.
      Optional<FrameMemory> memory = semantic.memory().or(() -> scorer.memory(ordered));
      int together = method.adapts() ? 1 : settings.prediction().frameBatchSize();
      return new StreamRun(ordered, checkpoints, (FrameSteps) steps, together, memory, sink)
          .run(loop);
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
    Method stepping = method.warmsUpWith();
    WarmUp.Kind kind =
        new WarmUp.Kind(
            model.configuration().getClass(), stepping, Set.copyOf(tasks), settings.precision());
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

  /** What a method is given for a video. */
  private final class Context implements MethodContext {

    private final Method method;
    private final AdaptationSettings settings;
    private final long seed;
    private final Video video;
    private final WorkingFrames frames;
    private final Video recorded;

    /**
     * A context.
     *
     * @param video in the order in which the method sees the frames
     * @param recorded the same as it was recorded
     */
    Context(
        Method method,
        AdaptationSettings settings,
        long seed,
        Video video,
        WorkingFrames frames,
        Video recorded) {
      this.method = method;
      this.settings = settings;
      this.seed = seed;
      this.video = video;
      this.frames = frames;
      this.recorded = recorded;
    }

    @Override
    public SegmentationModel model() {
      return model;
    }

    @Override
    public ParameterSnapshot initial() {
      return initial;
    }

    @Override
    public AdaptationSettings settings() {
      return settings;
    }

    @Override
    public long seed() {
      return seed;
    }

    @Override
    public Video video() {
      return video;
    }

    @Override
    public WorkingFrames frames() {
      return frames;
    }

    @Override
    public TrainingImages trainingImages() {
      return trainingSet.images(method, recorded, settings);
    }

    @Override
    public Map<String, ChannelMoments> trainingStatistics() {
      return trainingSet.statistics(method, recorded, settings);
    }
  }
}
