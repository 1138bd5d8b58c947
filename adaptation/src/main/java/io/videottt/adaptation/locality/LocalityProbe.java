package io.videottt.adaptation.locality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.adaptation.frames.ResampledCrop;
import io.videottt.adaptation.frames.SampleView;
import io.videottt.adaptation.frames.TrainingSegment;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.inference.ThingClasses;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.Require;
import io.videottt.model.ColourTarget;
import io.videottt.model.GradientVector;
import io.videottt.model.Network;
import io.videottt.model.Part;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TrainingTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Estimates the constants of the bound behind the window size (method.md, Section 8) on frames of a
 * video, at f0, g0, h0: how far neighbouring frames are apart, how strongly the main loss's
 * gradient with respect to f follows the frame, and how far the self-supervised gradient is from
 * it.
 *
 * <p>This uses the labels: it explains results, it is no part of a method. Frames are whole and at
 * working resolution. The main loss's random points are the same for all frames, so that its
 * gradients differ by the frames alone; l_s is the mean over several masks per frame.
 *
 * <p>The two losses have arbitrary scales, and only the direction of the self-supervised gradient
 * matters to the method, whose learning rate absorbs its length. It is therefore multiplied by the
 * one factor of at least 0 for the whole sample that brings it closest to the main gradient, before
 * the variance of the difference is taken. Thread-confined like the model, whose parameters it does
 * not change.
 */
public final class LocalityProbe {

  private final SegmentationModel model;
  private final ThingClasses classes;
  private final AdaptationSettings settings;
  private final int masks;
  private final long seed;

  /** A sampled frame and the next annotated one. */
  private record Pair(int first, int second) {}

  /** A frame at working resolution with what the network shall say about it. */
  private record Sample(RgbImage image, TrainingTarget target) {}

  /**
   * @param model f0, g0, h0; not closed by this object
   * @param classes of the data set, in the order of their ids
   * @param settings resolution, masks and reconstruction loss as test-time training has them
   * @param masks of l_s per frame
   * @param seed decides points and masks
   * @throws InvalidInputException when the model has no reconstruction decoder for the settings'
   *     target
   */
  public LocalityProbe(
      SegmentationModel model,
      List<ClassDefinition> classes,
      AdaptationSettings settings,
      int masks,
      long seed) {
    Require.within("masks", masks, 1, 1000);
    model.requireReconstruction(settings.reconstructionTarget(), "the estimate");
    this.model = model;
    this.classes = new ThingClasses(classes);
    this.settings = settings;
    this.masks = masks;
    this.seed = seed;
    EngineThread.prepare(settings.threads());
  }

  /**
   * Estimates on one video.
   *
   * @param video opened for the task
   * @param task what the main loss is about
   * @param frames highest number of frames to sample, evenly spread over the annotated ones; at
   *     least 2
   * @throws InvalidInputException when the video has fewer than three annotated frames, or the
   *     model's classes are not the data set's
   * @throws DivergenceException when a loss is not finite
   */
  public LocalityEstimate estimate(Video video, Task task, int frames) {
    Require.within("frames", frames, 2, 1_000_000);
    classes.requireFit(model.configuration(), task);
    List<Pair> pairs = pairs(video, task, frames);
    model.parameters().train(model.parameters().select(Part.ENCODER));
    try {
      return estimate(video, task, pairs);
    } finally {
      model.parameters().train(model.parameters().all());
    }
  }

  private LocalityEstimate estimate(Video video, Task task, List<Pair> pairs) {
    List<Double> steps = new ArrayList<>();
    List<Double> sensitivities = new ArrayList<>();
    double gap = 0;
    try (GradientMoments moments = new GradientMoments()) {
      for (Pair pair : pairs) {
        Sample first = sample(video, pair.first(), task);
        Sample second = sample(video, pair.second(), task);
        double apart = distance(first.image(), second.image());
        steps.add(
            pair.second() == pair.first() + 1
                ? apart
                : distance(first.image(), working(video.read(pair.first() + 1))));
        gap += (pair.second() - pair.first()) / (double) pairs.size();
        try (GradientVector main = mainGradient(first);
            GradientVector next = mainGradient(second);
            GradientVector self = selfGradient(first.image(), pair.first())) {
          double change = Math.sqrt(main.squaredDistance(next));
          // Equal frames tell nothing about the ratio.
          if (apart > 0) {
            sensitivities.add(change / apart);
          }
          moments.add(main, self);
        }
      }
      return new LocalityEstimate(
          steps,
          sensitivities,
          gap,
          moments.scale(),
          moments.cosine(),
          moments.variance(),
          moments.bias());
    }
  }

  private static List<Pair> pairs(Video video, Task task, int frames) {
    List<Integer> annotated = new ArrayList<>();
    for (int index = 0; index < video.frameCount(); index++) {
      if (video.annotated(index)) {
        annotated.add(index);
      }
    }
    int available = annotated.size() - 1;
    if (available < 2) {
      throw new InvalidInputException(
          "video %s has %d frames annotated for %s; the estimate compares each with"
                  .formatted(video.id(), annotated.size(), task.title())
              + " the next and needs three at least\nleave the video out");
    }
    int count = Math.min(frames, available);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = (int) ((long) i * available / count);
      pairs.add(new Pair(annotated.get(place), annotated.get(place + 1)));
    }
    return pairs;
  }

  private RgbImage working(Frame frame) {
    RgbImage image = frame.image();
    WorkingSize.Size size = settings.workingSize().of(image.height(), image.width());
    return ImageResize.bilinear(image, size.height(), size.width());
  }

  private Sample sample(Video video, int index, Task task) {
    Frame frame = video.read(index);
    if (!frame.truth().has(task)) {
      throw new InvalidInputException(
          "video %s, frame %s: not annotated for %s"
              .formatted(video.id(), frame.name(), task.title()));
    }
    RgbImage image = working(frame);
    return new Sample(image, target(frame, task, image.height(), image.width()));
  }

  private TrainingTarget target(Frame frame, Task task, int height, int width) {
    Optional<byte[]> labels =
        frame.labels().map(map -> ImageResize.nearest(map, height, width).labels());
    return switch (task) {
      case SEMANTIC ->
          SegmentationTarget.ofLabels(
              labels.orElseThrow(), height, width, model.configuration().classCount());
      case PANOPTIC, INSTANCE -> {
        SampleView whole = new ResampledCrop(Crop.whole(height, width), height, width);
        yield new SegmentationTarget(
            TrainingSegment.of(task, frame.truth(), height, width).stream()
                .flatMap(segment -> segment.seen(whole, height, width).stream())
                .toList(),
            labels);
      }
      case COLORIZATION ->
          new ColourTarget(
              ImageResize.bilinear(frame.truth().colours().orElseThrow(), height, width).pixels());
    };
  }

  /** Root mean square over pixels and channels, in normalised colour. */
  private double distance(RgbImage first, RgbImage second) {
    if (first.height() != second.height() || first.width() != second.width()) {
      throw new InvalidInputException(
          "the estimate needs frames of one size; set height and width");
    }
    return FramePredictor.inScope(
        () -> {
          NDArray difference = normalised(first).sub(normalised(second));
          return Math.sqrt(Transfers.number(difference.mul(difference).mean()));
        });
  }

  private NDArray normalised(RgbImage image) {
    return ImageTensors.normalise(
        model.manager(), List.of(image.pixels()), image.height(), image.width());
  }

  private GradientVector mainGradient(Sample sample) {
    Network network = model.network();
    RandomGenerator points = Seeds.generator(seed, 0, "locality points");
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray input = ImageTensors.unmasked(normalised(sample.image()));
      NDArray loss =
          Autograd.backward(
              () ->
                  network.mainLoss(
                      network.encode(input),
                      List.of(sample.target()),
                      sample.image().height(),
                      sample.image().width(),
                      points));
      return taken("main loss", Transfers.number(loss));
    }
  }

  private GradientVector selfGradient(RgbImage image, int frame) {
    RandomGenerator random = Seeds.generator(seed, frame, "locality masks");
    double loss = 0;
    // One mask at a time: gradients add up, memory does not.
    for (int mask = 0; mask < masks; mask++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray normalised = normalised(image);
        NDArray visible =
            PatchMask.draw(
                random,
                model.manager(),
                1,
                image.height(),
                image.width(),
                settings.maskPatch(),
                settings.maskRatio());
        loss +=
            Transfers.number(
                Autograd.backward(
                    () ->
                        settings
                            .reconstructionLoss()
                            .of(model.network(), normalised, visible)
                            .mul(model.manager().full(new Shape(), 1f / masks))));
      }
    }
    return taken("reconstruction loss", loss);
  }

  private GradientVector taken(String name, double loss) {
    GradientVector gradient = GradientVector.take(model.parameters(), Part.ENCODER);
    if (!Double.isFinite(loss) || !Double.isFinite(gradient.squaredNorm())) {
      gradient.close();
      throw new DivergenceException(
          "the %s is %s, or its gradient is not finite".formatted(name, loss));
    }
    return gradient;
  }
}
