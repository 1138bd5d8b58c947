package io.videottt.adaptation.training;

import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.ColourTransform;
import io.videottt.adaptation.frames.SamplePolicy;
import io.videottt.adaptation.frames.SampleView;
import io.videottt.adaptation.frames.ShuffledPasses;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.ColourTarget;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TrainingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;

/**
 * The batches of one phase, in order, prepared on a second thread a few ahead. Every batch is a
 * function of the seed, the phase and the iteration alone; each pass over the images has an order
 * of its own.
 */
final class TrainingBatches implements AutoCloseable {

  private static final int BATCHES_AHEAD = 3;

  private final TrainingSettings settings;
  private final String phase;
  private final TrainingImages images;
  private final int classCount;
  private final BlockingQueue<Prepared> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;
  private volatile boolean closed;
  private final ShuffledPasses passes;

  /**
   * Augmented images with what shall be predicted for them.
   *
   * @param images each [height * width * 3] bytes
   * @param targets each of the images' size
   * @param height rows of every image
   * @param width columns of every image
   */
  record Batch(List<byte[]> images, List<TrainingTarget> targets, int height, int width) {}

  /** One of a batch. */
  private record Sample(byte[] image, TrainingTarget target) {}

  private record Prepared(Batch batch, Throwable failure) {}

  TrainingBatches(
      TrainingSettings settings,
      String phase,
      TrainingImages images,
      int classCount,
      int first,
      int end) {
    this.settings = settings;
    this.phase = phase;
    this.images = images;
    this.classCount = classCount;
    this.passes =
        new ShuffledPasses(
            images.count(), pass -> Seeds.generator(settings.seed(), pass, phase + "/order"));
    this.thread = new Thread(() -> prepareAll(first, end), "training-batches");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next iteration's batch. */
  Batch next() throws InterruptedException {
    Prepared prepared = queue.take();
    if (prepared.failure() instanceof InvalidInputException invalid) {
      throw invalid;
    }
    if (prepared.failure() != null) {
      throw new IllegalStateException("preparing a training batch failed", prepared.failure());
    }
    return prepared.batch();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void prepareAll(int first, int end) {
    try {
      for (int iteration = first; iteration < end && !closed; iteration++) {
        queue.put(prepare(iteration));
      }
    } catch (InterruptedException e) {
      // Only close() interrupts: nobody waits for batches any more.
      Thread.currentThread().interrupt();
    }
  }

  private Prepared prepare(int iteration) {
    try {
      return new Prepared(batch(iteration), null);
    } catch (RuntimeException | Error e) {
      return new Prepared(null, e);
    }
  }

  private Batch batch(int iteration) {
    RandomGenerator random = Seeds.generator(settings.seed(), iteration, phase + "/augmentation");
    SamplePolicy policy = settings.samplePolicy();
    WorkingSize.Size size = settings.sampleSize();
    List<byte[]> pixels = new ArrayList<>();
    List<TrainingTarget> targets = new ArrayList<>();
    for (int sample = 0; sample < settings.batchSize(); sample++) {
      TrainingImages.Image image =
          images.get(passes.at((long) iteration * settings.batchSize() + sample));
      RgbImage whole = image.colours().orElse(image.pixels());
      SampleView view =
          policy.view(random, new WorkingSize.Size(whole.height(), whole.width()), size);
      ColourTransform colour = ColourTransform.jitter(random, whole, settings.colourJitter());
      Sample drawn = sample(image, view, view.image(whole, colour), size);
      pixels.add(drawn.image());
      targets.add(drawn.target());
    }
    return new Batch(pixels, targets, size.height(), size.width());
  }

  /**
   * What the network sees and shall say.
   *
   * @param pixels the sample in colour
   */
  private Sample sample(
      TrainingImages.Image image, SampleView view, byte[] pixels, WorkingSize.Size size) {
    return switch (settings.task()) {
      case SEMANTIC ->
          new Sample(
              pixels,
              SegmentationTarget.ofLabels(
                  labels(image, view).orElseThrow(), size.height(), size.width(), classCount));
      case PANOPTIC, INSTANCE ->
          new Sample(
              pixels,
              new SegmentationTarget(
                  image.segments().stream()
                      .flatMap(segment -> segment.seen(view, size.height(), size.width()).stream())
                      .toList(),
                  labels(image, view)));
      case COLORIZATION -> new Sample(LumaChroma.gray(pixels), new ColourTarget(pixels));
    };
  }

  private static Optional<byte[]> labels(TrainingImages.Image image, SampleView view) {
    return image.labels().map(map -> view.labels(map, LabelMap.IGNORE));
  }
}
