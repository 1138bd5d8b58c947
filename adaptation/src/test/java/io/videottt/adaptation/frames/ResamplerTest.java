package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  private static final ColourTransform SAME = ColourTransform.identity();

  @Test
  void wholeCropAtTheSameSizeIsTheImage() {
    RgbImage image = random(7, 9, 1);
    assertThat(Resampler.image(image, Crop.whole(7, 9), 7, 9, SAME)).isEqualTo(image.pixels());
  }

  @Test
  void mirroredCropSwapsColumns() {
    RgbImage image = random(3, 4, 2);
    byte[] mirrored = Resampler.image(image, new Crop(0, 0, 3, 4, true), 3, 4, SAME);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(mirrored[(y * 4 + x) * 3 + channel])
              .isEqualTo(image.pixels()[(y * 4 + 3 - x) * 3 + channel]);
        }
      }
    }
  }

  @Test
  void wholePixelCropIsCopied() {
    RgbImage image = random(8, 8, 3);
    byte[] crop = Resampler.image(image, new Crop(2, 3, 4, 5, false), 4, 5, SAME);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(crop[(y * 5 + x) * 3]).isEqualTo(image.pixels()[((y + 2) * 8 + x + 3) * 3]);
      }
    }
  }

  @Test
  void rampStaysARampWhenEnlarged() {
    byte[] pixels = new byte[16 * 16 * 3];
    for (int i = 0; i < 16 * 16; i++) {
      pixels[i * 3] = (byte) (i % 16 * 10);
      pixels[i * 3 + 1] = (byte) (i / 16 * 10);
    }
    RgbImage ramp = new RgbImage(16, 16, pixels);
    SplittableRandom random = new SplittableRandom(4);
    for (int trial = 0; trial < 50; trial++) {
      double side = random.nextDouble(0.5, 0.8) * 16;
      double top = random.nextDouble(1, 15 - side);
      double left = random.nextDouble(1, 15 - side);
      byte[] crop = Resampler.image(ramp, new Crop(top, left, side, side, false), 16, 16, SAME);
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          double across = 10 * (left + (x + 0.5) * side / 16 - 0.5);
          double down = 10 * (top + (y + 0.5) * side / 16 - 0.5);
          assertThat((double) (crop[(y * 16 + x) * 3] & 0xff))
              .isBetween(across - 0.6, across + 0.6);
          assertThat((double) (crop[(y * 16 + x) * 3 + 1] & 0xff))
              .isBetween(down - 0.6, down + 0.6);
        }
      }
    }
  }

  @Test
  void labelsFollowTheImage() {
    SyntheticVideo video = SyntheticVideo.of("v", 5, 1);
    SplittableRandom random = new SplittableRandom(5);
    CropPolicy policy = new CropPolicy(0.6, 1, 0, 0, true);
    for (int trial = 0; trial < 20; trial++) {
      var frame = video.read(trial % 5);
      LabelMap map = frame.labels().orElseThrow();
      Crop crop = policy.draw(random, new WorkingSize.Size(48, 64));
      byte[] image = Resampler.image(frame.image(), crop, 48, 64, SAME);
      byte[] labels = Resampler.labels(map, crop, 48, 64);
      int agree = 0;
      int counted = 0;
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != (byte) LabelMap.IGNORE) {
          counted++;
          boolean bright = (image[i * 3] & 0xff) > 135;
          agree += bright == (labels[i] == 1) ? 1 : 0;
        }
      }
      assertThat((double) agree / counted).isGreaterThan(0.97);
    }
  }

  static RgbImage random(int height, int width, long seed) {
    byte[] pixels = new byte[height * width * 3];
    new SplittableRandom(seed).nextBytes(pixels);
    return new RgbImage(height, width, pixels);
  }
}
