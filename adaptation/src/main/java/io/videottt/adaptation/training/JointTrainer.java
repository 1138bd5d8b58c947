package io.videottt.adaptation.training;

import ai.djl.Device;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.MaskChannel;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.video.Video;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Training-time training (paper, Section 3.1) on labelled stills, in two phases: the main task
 * alone, whose result is the paper's Main Task Only, then both tasks with a fresh reconstruction
 * decoder, whose result is f0, g0, h0. A third one, which the paper does not have, trains a
 * reconstruction decoder alone, for example one for another target, on an f0 that stays as it is.
 * Each phase may be left out.
 *
 * <p>The output folder receives {@code main-task-only/}, {@code joint/}, {@code reconstruction/},
 * of the phases that there are, {@code training-log.jsonl} and {@code training.json}. A training
 * that was killed goes on from its last checkpoint and ends as the undisturbed one would have, bit
 * for bit.
 */
public final class JointTrainer {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final long BYTES_PER_MEGABYTE = 1L << 20;

  private final TrainingSettings settings;
  private final TrainingStart start;
  private final List<Video> training;
  private final TrainingImages images;
  private final List<ClassDefinition> classes;
  private final ValidationFrames validationFrames;
  private final TrainingFolder folder;
  private final Configuration hadoop;
  private final Device device;
  private final TrainingListener listener;

  /**
   * @param settings how to train
   * @param start where to start
   * @param classes of the data set, in the order of their ids
   * @param training the training split
   * @param validation the validation split, read only to report accuracy
   * @param output the output folder
   * @param hadoop how to reach it and the starting model
   * @param device where the network runs
   * @param listener hears of progress
   */
  public JointTrainer(
      TrainingSettings settings,
      TrainingStart start,
      List<ClassDefinition> classes,
      List<Video> training,
      List<Video> validation,
      Path output,
      Configuration hadoop,
      Device device,
      TrainingListener listener) {
    this.settings = settings;
    this.start = start;
    this.classes = List.copyOf(classes);
    this.training = List.copyOf(training);
    this.images =
        new TrainingImages(
            training,
            true,
            settings.task(),
            settings.imageSize(),
            settings.imageCacheMegabytes() * BYTES_PER_MEGABYTE);
    this.validationFrames = new ValidationFrames(validation, settings.validationFrames());
    this.folder = new TrainingFolder(output, hadoop, listener::notice);
    this.hadoop = hadoop;
    this.device = device;
    this.listener = listener;
  }

  /**
   * Trains to the end, or goes on from the newest checkpoint; a finished training is not repeated.
   *
   * @throws InvalidInputException when the output folder holds another training
   * @throws DivergenceException when a loss is no longer finite; the last checkpoint stays
   * @throws InterruptedException when the thread was interrupted; a checkpoint has been written
   */
  public TrainingResult train() throws InterruptedException {
    EngineThread.prepare(settings.threads());
    Map<String, String> identity = identity();
    Optional<TrainingResult> finished = folder.readResult();
    if (finished.isPresent()) {
      folder.requireSameTraining(finished.get().identity(), identity);
      return finished.get();
    }
    Optional<TrainingState> checkpoint = folder.latestState();
    if (checkpoint.isPresent()) {
      TrainingState state = checkpoint.get();
      folder.requireSameTraining(state.identity(), identity);
      try (SegmentationModel model = folder.latestModel(device)) {
        listener.checkpoint(state.phase().id(), state.iteration(), true);
        return trainPhases(model, state, true);
      }
    }
    folder.requireNoResult();
    try (SegmentationModel model = open()) {
      predictor(model).require(settings.task());
      TrainingPhase first = TrainingPhase.all(settings).get(0);
      if (first.trainsReconstruction()) {
        prepareReconstruction(model);
      }
      return trainPhases(
          model,
          TrainingState.start(identity, first)
              .withLine(Map.of("event", "start", "identity", identity), false),
          false);
    }
  }

  private TrainingResult trainPhases(SegmentationModel model, TrainingState from, boolean resumed)
      throws InterruptedException {
    TrainingState state = from;
    boolean restore = resumed;
    Validation mainTaskOnly = from.mainTaskOnly();
    Validation joint = from.joint();
    for (TrainingPhase phase : TrainingPhase.all(settings)) {
      if (phase.compareTo(from.phase()) < 0) {
        continue;
      }
      if (phase != state.phase()) {
        state = state.in(phase, mainTaskOnly, joint);
        prepareReconstruction(model);
      }
      state = trainPhase(model, state, restore);
      restore = false;
      // The third phase leaves f and h as they are: there is no accuracy to tell.
      if (phase.trainsMainTask()) {
        Validation accuracy = validate(model, state);
        state = withValidation(state, accuracy);
        mainTaskOnly = phase == TrainingPhase.MAIN_TASK_ONLY ? accuracy : mainTaskOnly;
        joint = phase == TrainingPhase.JOINT ? accuracy : joint;
      }
      folder.writeResult(phase, model);
    }
    TrainingResult result =
        new TrainingResult(state.identity(), mainTaskOnly, joint, state.seconds());
    folder.finish(result, state.log());
    return result;
  }

  /**
   * From scratch: the fourth channel empty. From a model without g: g drawn, the same channel. From
   * a model with a g for another target: g drawn, the channel as it was trained.
   */
  private void prepareReconstruction(SegmentationModel model) {
    boolean without = !model.hasReconstruction();
    ReconstructionTarget before = model.configuration().target();
    boolean drawn =
        model.initialiseReconstruction(
            Seeds.of(settings.seed(), 0, "reconstruction"), settings.reconstructionTarget());
    if (without) {
      MaskChannel.clear(model);
    } else if (drawn) {
      listener.notice(
          "the model's reconstruction decoder is for the target %s: a fresh one is trained for %s"
              .formatted(before.id(), settings.reconstructionTarget().id()));
    }
  }

  private TrainingState trainPhase(SegmentationModel model, TrainingState from, boolean restore)
      throws InterruptedException {
    TrainingPhase phase = from.phase();
    int iterations = phase.of(settings).iterations();
    if (phase == TrainingPhase.RECONSTRUCTION) {
      model.parameters().train(model.parameters().select(phase.parts()));
    }
    TrainingState state = from;
    long started = System.nanoTime();
    long lastCheckpoint = started;
    try (Optimizer optimizer =
            Optimizer.create(
                phase.of(settings).optimizerSettings().withPrecision(settings.precision()),
                model.parameters().select(phase.parts()));
        TrainingBatches batches =
            new TrainingBatches(
                settings,
                phase.id(),
                images,
                model.configuration().classCount(),
                state.iteration(),
                iterations)) {
      if (restore) {
        folder.restoreOptimizer(optimizer, model.manager());
      }
      TrainingStep step = new TrainingStep(model, optimizer, settings, phase);
      while (state.iteration() < iterations) {
        if (Thread.interrupted()) {
          checkpoint(state, model, optimizer);
          throw new InterruptedException("training interrupted");
        }
        long before = System.nanoTime();
        int iteration = state.iteration();
        TrainingBatches.Batch batch = batches.next();
        TrainingStep.Losses losses = settings.precision().within(() -> step.run(iteration, batch));
        state = state.afterStep(losses, secondsSince(before));
        state = report(state, from.iteration(), started);
        int validationStep = settings.validationStep();
        if (validationStep > 0
            && phase.trainsMainTask()
            && state.iteration() % validationStep == 0
            && state.iteration() < iterations) {
          state = withValidation(state, validate(model, state));
        }
        if (secondsSince(lastCheckpoint) >= settings.checkpointMinutes() * SECONDS_PER_MINUTE) {
          checkpoint(state, model, optimizer);
          lastCheckpoint = System.nanoTime();
        }
      }
    } finally {
      model.parameters().train(model.parameters().all());
    }
    return state;
  }

  private void checkpoint(TrainingState state, SegmentationModel model, Optimizer optimizer) {
    folder.writeCheckpoint(state, model, optimizer);
    listener.checkpoint(state.phase().id(), state.iteration(), false);
  }

  private TrainingState report(TrainingState state, int firstIteration, long started) {
    int iterations = state.phase().of(settings).iterations();
    if (state.iteration() % settings.logStep() != 0 && state.iteration() < iterations) {
      return state;
    }
    double perIteration = secondsSince(started) / (state.iteration() - firstIteration);
    listener.progress(
        new TrainingListener.Progress(
            state.phase().id(),
            state.iteration(),
            iterations,
            state.meanMainLoss(),
            state.meanReconstructionLoss(),
            perIteration,
            Duration.ofSeconds(Math.round(perIteration * (iterations - state.iteration())))));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "progress");
    line.put("phase", state.phase().id());
    line.put("iteration", state.iteration());
    if (state.phase().trainsMainTask()) {
      line.put("main_loss", state.meanMainLoss());
    }
    if (state.phase().trainsReconstruction()) {
      line.put("reconstruction_loss", state.meanReconstructionLoss());
    }
    return state.withLine(line, true);
  }

  private Validation validate(SegmentationModel model, TrainingState state)
      throws InterruptedException {
    Validation validation =
        settings
            .precision()
            .within(
                () -> validationFrames.validate(predictor(model), settings.task(), classes.size()));
    listener.validated(state.phase().id(), state.iteration(), validation);
    return validation;
  }

  private FramePredictor predictor(SegmentationModel model) {
    return new FramePredictor(model, settings.predictionSize(), classes, PostProcessing.defaults());
  }

  private static TrainingState withValidation(TrainingState state, Validation validation) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "validation");
    line.put("phase", state.phase().id());
    line.put("iteration", state.iteration());
    line.put("frames", validation.frames());
    for (Validation.Score score : validation.scores()) {
      String metric = score.task().metric().toLowerCase(Locale.ROOT);
      line.put("pooled_" + metric, score.pooled());
      line.put("frame_mean_" + metric, score.frameMean());
    }
    return state.withLine(line, false);
  }

  private SegmentationModel open() {
    if (start instanceof TrainingStart.FromModel from) {
      ReconstructionTarget target = settings.reconstructionTarget();
      return SegmentationModel.targets(from.folder(), hadoop).contains(target)
          ? SegmentationModel.load(from.folder(), hadoop, device, target)
          : SegmentationModel.load(from.folder(), hadoop, device);
    }
    ModelConfiguration configuration =
        ((TrainingStart.FromScratch) start)
            .configuration()
            .withTarget(settings.reconstructionTarget());
    if (settings.classWeighting() == TrainingSettings.ClassWeighting.INVERSE_SQUARE_ROOT) {
      configuration =
          ClassWeights.inverseSquareRoot(
              configuration, images.labelHistogram(configuration.classCount()));
    }
    SegmentationModel model =
        SegmentationModel.initialise(
            configuration, Seeds.of(settings.seed(), 0, "weights"), device);
    MaskChannel.clear(model);
    return model;
  }

  /** What has to be equal for a checkpoint to be gone on from. */
  private Map<String, String> identity() {
    Map<String, String> identity = settings.identity();
    if (start instanceof TrainingStart.FromScratch scratch) {
      identity.put("start", scratch.configuration().toJson());
    } else {
      try (SegmentationModel model = open()) {
        identity.put("start", model.fingerprint());
      }
    }
    StringBuilder data = new StringBuilder();
    for (Video video : training) {
      data.append(data.isEmpty() ? "" : " ").append(video.id()).append(':');
      data.append(video.frameCount());
    }
    identity.put("training", data.toString());
    return identity;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }
}
