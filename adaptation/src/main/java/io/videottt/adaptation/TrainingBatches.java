package io.videottt.adaptation;

import io.videottt.adaptation.CropPolicy.Crop;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.Task;
import io.videottt.model.SegmentationTarget;
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
  private long orderEpoch = -1;
  private int[] order;

  /**
   * Augmented images with what shall be predicted for them.
   *
   * @param images each [height * width * 3] bytes
   * @param targets each of the images' size
   */
  record Batch(List<byte[]> images, List<SegmentationTarget> targets) {}

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
    CropPolicy policy = settings.cropPolicy();
    WorkingSize.Size size = images.size();
    List<byte[]> pixels = new ArrayList<>();
    List<SegmentationTarget> targets = new ArrayList<>();
    for (int sample = 0; sample < settings.batchSize(); sample++) {
      TrainingImages.Image image =
          images.get(imageIndex((long) iteration * settings.batchSize() + sample));
      Crop crop = policy.draw(random, size);
      ColourTransform colour =
          ColourTransform.jitter(random, image.pixels(), settings.colourJitter());
      pixels.add(Resampler.image(image.pixels(), crop, size.height(), size.width(), colour));
      targets.add(target(image, crop));
    }
    return new Batch(pixels, targets);
  }

  private SegmentationTarget target(TrainingImages.Image image, Crop crop) {
    WorkingSize.Size size = images.size();
    Optional<byte[]> labels =
        image.labels().map(map -> Resampler.labels(map, crop, size.height(), size.width()));
    if (settings.task() == Task.SEMANTIC) {
      return SegmentationTarget.ofLabels(
          labels.orElseThrow(), size.height(), size.width(), classCount);
    }
    return new SegmentationTarget(
        image.segments().stream()
            .flatMap(segment -> segment.cropped(crop, size.height(), size.width()).stream())
            .toList(),
        labels);
  }

  private int imageIndex(long sample) {
    long epoch = sample / images.count();
    if (epoch != orderEpoch) {
      order = permutation(Seeds.generator(settings.seed(), epoch, phase + "/order"));
      orderEpoch = epoch;
    }
    return order[(int) (sample % images.count())];
  }

  private int[] permutation(RandomGenerator random) {
    int[] permutation = new int[images.count()];
    for (int i = 0; i < permutation.length; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
