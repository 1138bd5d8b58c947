package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.ScaleJitter.Reference;
import io.videottt.adaptation.frames.WorkingSize.Size;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.catalog.image.ImageResize;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaledCropTest {

  private static final ColourTransform SAME = ColourTransform.identity();
  private static final Size FRAME = new Size(60, 100);

  private static ScaledCrop draw(ScaledCropPolicy policy, SplittableRandom random) {
    return (ScaledCrop) policy.view(random, FRAME, policy.sampleSize(FRAME));
  }

  @Test
  void largeScaleJitterFitsTheFrameIntoTheScaledSampleAndKeepsTheAspect() {
    ScaledCropPolicy policy =
        new ScaledCropPolicy(new ScaleJitter(0.1, 2, Reference.CROP, 128), 64, 64, true);
    SplittableRandom random = new SplittableRandom(1);
    int mirrored = 0;
    double smallest = 1000;
    double largest = 0;
    for (int trial = 0; trial < 2000; trial++) {
      ScaledCrop crop = draw(policy, random);
      // The longer side is scale * 64, the shorter follows.
      double scale = crop.scaled().width() / 64.0;
      smallest = Math.min(smallest, scale);
      largest = Math.max(largest, scale);
      assertThat(crop.scaled().height())
          .isBetween((int) (38.4 * scale) - 1, (int) (38.4 * scale) + 1);
      assertThat(crop.top()).isBetween(0, Math.max(0, crop.scaled().height() - 64));
      assertThat(crop.left()).isBetween(0, Math.max(0, crop.scaled().width() - 64));
      assertThat(crop.height()).isEqualTo(64);
      assertThat(crop.width()).isEqualTo(64);
      mirrored += crop.mirrored() ? 1 : 0;
    }
    assertThat(smallest).isBetween(0.09, 0.13);
    assertThat(largest).isBetween(1.97, 2.0);
    assertThat(mirrored).isBetween(900, 1100);
  }

  @Test
  void largeScaleJitterDrawsOneShareForBothDirectionsAndRandomCropTwo() {
    ScaledCropPolicy jitter =
        new ScaledCropPolicy(new ScaleJitter(40, 40, Reference.CROP, 128), 20, 20, false);
    ScaledCropPolicy crop =
        new ScaledCropPolicy(new ScaleJitter(1, 1, Reference.FRAME, 128), 58, 96, false);
    Set<String> places = new HashSet<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 500; trial++) {
      ScaledCrop drawn = draw(jitter, random);
      double down = drawn.top() / (double) (drawn.scaled().height() - 20);
      double across = drawn.left() / (double) (drawn.scaled().width() - 20);
      assertThat(down).isCloseTo(across, org.assertj.core.data.Offset.offset(0.02));
      ScaledCrop window = draw(crop, random);
      places.add(window.top() + " " + window.left());
    }
    assertThat(places).hasSize(3 * 5);
  }

  @Test
  void whatLiesBeyondASmallFrameIsFilledAtTheRightAndAtTheBottom() {
    RgbImage image = ResamplerTest.random(6, 10, 3);
    byte[] labels = new byte[60];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 7);
    }
    for (boolean mirrored : new boolean[] {false, true}) {
      ScaledCrop crop = new ScaledCrop(new Size(6, 10), 0, 0, 8, 16, 128, mirrored);
      byte[] pixels = crop.image(image, SAME);
      byte[] ids = crop.labels(new LabelMap(6, 10, labels), LabelMap.IGNORE);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 16; x++) {
          boolean inside = y < 6 && x < 10;
          int source = y * 10 + (mirrored ? 9 - x : x);
          assertThat(ids[y * 16 + x]).isEqualTo(inside ? labels[source] : (byte) 255);
          for (int colour = 0; colour < 3; colour++) {
            assertThat(pixels[(y * 16 + x) * 3 + colour])
                .isEqualTo(inside ? image.pixels()[source * 3 + colour] : (byte) 128);
          }
        }
      }
    }
  }

  @Test
  void theWindowIsThatOfTheWholeScaledImageWithAntialiasing() {
    RgbImage image = ResamplerTest.random(60, 100, 4);
    for (Size scaled : new Size[] {new Size(25, 42), new Size(60, 100), new Size(133, 222)}) {
      RgbImage whole = ImageResize.bilinear(image, scaled.height(), scaled.width());
      ScaledCrop crop = new ScaledCrop(scaled, 3, 5, 20, 30, 0, true);
      byte[] sample = crop.image(image, SAME);
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 30; x++) {
          int column = scaled.width() - 1 - (5 + x);
          for (int colour = 0; colour < 3; colour++) {
            assertThat(sample[(y * 30 + x) * 3 + colour])
                .isEqualTo(whole.pixels()[((3 + y) * scaled.width() + column) * 3 + colour]);
          }
        }
      }
    }
  }

  @Test
  void labelsFollowTheImage() {
    // A bright square whose label is 1: wherever it is seen, both say so.
    SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
    LabelMap labels = video.read(0).labels().orElseThrow();
    RgbImage image = video.read(0).image();
    ScaledCropPolicy policy =
        new ScaledCropPolicy(new ScaleJitter(0.5, 2, Reference.CROP, 0), 48, 48, true);
    SplittableRandom random = new SplittableRandom(5);
    int squares = 0;
    int agreeing = 0;
    for (int trial = 0; trial < 50; trial++) {
      SampleView view = policy.view(random, new Size(48, 64), new Size(48, 48));
      byte[] pixels = view.image(image, SAME);
      byte[] ids = view.labels(labels, 255);
      for (int i = 0; i < ids.length; i++) {
        boolean bright = (pixels[3 * i] & 0xff) > 150;
        squares += ids[i] == 1 ? 1 : 0;
        agreeing += ids[i] == 1 && bright ? 1 : 0;
      }
    }
    assertThat(squares).isGreaterThan(2000);
    assertThat(agreeing / (double) squares).isGreaterThan(0.95);
  }

  @Test
  void coloursOfTheFillingAreNotJittered() {
    RgbImage image = ResamplerTest.random(4, 4, 6);
    ColourTransform shift =
        ColourTransform.perChannel(new double[] {0, 0, 0}, new double[] {200, 200, 200});
    byte[] pixels = new ScaledCrop(new Size(4, 4), 0, 0, 4, 8, 128, false).image(image, shift);
    assertThat(pixels[0]).isEqualTo((byte) 200);
    assertThat(pixels[5 * 3]).isEqualTo((byte) 128);
  }
}
