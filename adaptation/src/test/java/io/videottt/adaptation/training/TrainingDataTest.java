package io.videottt.adaptation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.stream.AlteredVideo;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.SegmentationTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingDataTest {

  private static final WorkingSize SIZE = WorkingSize.fixed(24, 32);
  private static final List<Video> VIDEOS =
      List.of(SyntheticVideo.of("a", 3, 1), new SyntheticVideo("b", 4, 48, 64, 2, false, 2));
  private static final TrainingSettings SETTINGS =
      TrainingSettings.defaults()
          .with(Map.of("height", 24, "width", 32, "batchSize", 2, "colourJitter", 0.4), "test");

  private static TrainingImages images(long cacheBytes) {
    return new TrainingImages(VIDEOS, true, Task.SEMANTIC, SIZE, cacheBytes);
  }

  private static List<TrainingBatches.Batch> batches(TrainingImages images, int first, int end)
      throws InterruptedException {
    List<TrainingBatches.Batch> batches = new ArrayList<>();
    try (TrainingBatches source =
        new TrainingBatches(SETTINGS, "joint", images, SyntheticVideo.CLASSES.size(), first, end)) {
      for (int iteration = first; iteration < end; iteration++) {
        batches.add(source.next());
      }
    }
    return batches;
  }

  @Test
  void onlyAnnotatedFramesAreTrainingImages() {
    assertThat(images(1 << 20).count()).isEqualTo(5);
    assertThat(new TrainingImages(VIDEOS, false, Task.SEMANTIC, SIZE, 1 << 20).count())
        .isEqualTo(7);
    assertThat(images(1 << 20).get(4).pixels().pixels()).hasSize(24 * 32 * 3);
    assertThat(images(1 << 20).get(4).labels().orElseThrow().labels()).hasSize(24 * 32);
  }

  @Test
  void batchesDependOnTheIterationAloneNotOnWhereTheRunBegan() throws InterruptedException {
    List<TrainingBatches.Batch> whole = batches(images(1 << 20), 0, 8);
    List<TrainingBatches.Batch> rest = batches(images(0), 5, 8);
    for (int i = 0; i < 3; i++) {
      for (int sample = 0; sample < 2; sample++) {
        assertThat(rest.get(i).images().get(sample))
            .isEqualTo(whole.get(5 + i).images().get(sample));
        assertThat(labels(rest.get(i), sample)).isEqualTo(labels(whole.get(5 + i), sample));
      }
    }
  }

  @Test
  void everyImageIsUsedOncePerPass() throws InterruptedException {
    TrainingSettings plain =
        SETTINGS.with(
            Map.of("batchSize", 5, "cropMinimum", 1, "flip", false, "colourJitter", 0), "test");
    TrainingImages images = images(1 << 20);
    try (TrainingBatches source =
        new TrainingBatches(plain, "joint", images, SyntheticVideo.CLASSES.size(), 0, 3)) {
      for (int pass = 0; pass < 3; pass++) {
        List<byte[]> all = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
          all.add(images.get(index).pixels().pixels());
        }
        assertThat(source.next().images())
            .usingElementComparator(java.util.Arrays::compare)
            .containsExactlyInAnyOrderElementsOf(all);
      }
    }
  }

  @Test
  void samplesOfAFixedSizeKeepTheImagesAspect() throws InterruptedException {
    List<Video> videos =
        List.of(
            new SyntheticVideo("wide", 2, 48, 96, 1, false, 1),
            new SyntheticVideo("high", 2, 96, 48, 2, false, 1));
    TrainingSettings settings =
        TrainingSettings.defaults()
            .with(
                Map.of(
                    "height", 0,
                    "width", 0,
                    "cropHeight", 64,
                    "cropWidth", 64,
                    "scaleJitter", Map.of("minimum", 1, "maximum", 1, "of", "crop"),
                    "flip", false,
                    "batchSize", 4),
                "test");
    TrainingImages images =
        new TrainingImages(videos, true, Task.SEMANTIC, settings.imageSize(), 1 << 20);
    assertThat(images.get(0).pixels().width()).isEqualTo(96);
    try (TrainingBatches source =
        new TrainingBatches(settings, "joint", images, SyntheticVideo.CLASSES.size(), 0, 1)) {
      TrainingBatches.Batch batch = source.next();
      assertThat(batch.height()).isEqualTo(64);
      assertThat(batch.width()).isEqualTo(64);
      int wide = 0;
      for (int i = 0; i < 4; i++) {
        byte[] labels = labels(batch, i);
        byte[] pixels = batch.images().get(i);
        assertThat(pixels).hasSize(64 * 64 * 3);
        // Fitted into the sample, one half of it is beyond the image: grey, and without a label.
        boolean isWide = labels[63 * 64] == (byte) 255 && labels[20 * 64 + 63] != (byte) 255;
        wide += isWide ? 1 : 0;
        int beyond = isWide ? 40 * 64 + 20 : 20 * 64 + 40;
        assertThat(labels[beyond]).isEqualTo((byte) 255);
        assertThat(pixels[beyond * 3]).isEqualTo((byte) 128);
        assertThat(pixels[(beyond + 1) * 3 + 2]).isEqualTo((byte) 128);
      }
      assertThat(wide).isEqualTo(2);
    }
  }

  @Test
  void labelsOutsideTheModelsClassesAreRefusedNamingTheFrame() {
    assertThatThrownBy(() -> images(1 << 20).labelHistogram(2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("video a, frame 000000: label 2")
        .hasMessageContaining("2 classes");
    long[] histogram = images(1 << 20).labelHistogram(3);
    assertThat(histogram[0] + histogram[1] + histogram[2]).isEqualTo(5 * 24 * 32 - ignored());
  }

  private static long ignored() {
    long ignored = 0;
    for (int index = 0; index < 5; index++) {
      for (byte label : images(1 << 20).get(index).labels().orElseThrow().labels()) {
        ignored += label == (byte) 255 ? 1 : 0;
      }
    }
    return ignored;
  }

  @Test
  void brokenImagesStopTheTrainingWithTheirReason() {
    Video broken =
        new AlteredVideo(
            SyntheticVideo.of("broken", 2, 1),
            frame -> {
              if (frame.index() == 1) {
                throw new InvalidInputException("000001.png is cut off");
              }
              return frame;
            });
    TrainingImages images = new TrainingImages(List.of(broken), true, Task.SEMANTIC, SIZE, 1 << 20);
    assertThatThrownBy(() -> batches(images, 0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("000001.png");
  }

  private static byte[] labels(TrainingBatches.Batch batch, int sample) {
    return ((SegmentationTarget) batch.targets().get(sample)).labels().orElseThrow();
  }
}
