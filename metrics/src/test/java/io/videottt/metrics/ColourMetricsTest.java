package io.videottt.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The metrics of colorization against scikit-image 0.26.0, whose numbers {@code
 * src/test/python/colour_metrics.py} prints for the same images.
 */
class ColourMetricsTest {

  private static final int CHANNELS = 3;

  @ParameterizedTest
  @CsvSource({
    "11, 11, 0, 1, 34.16290421009372, 0.9929049207599001, 20.010809578825143",
    "24, 37, 0, 1, 19.790381414976657, 0.6579225714998861, 118.06745126506094",
    "24, 37, 2, 2, 82.38614581366173, 0.9999999446262698, 128.31182399247135",
    "40, 31, 1, 5, 20.14306861992358, 0.7736354442826139, 125.98392759291447",
    "13, 64, 3, 4, 19.675043430303592, 0.888671800728356, 127.15343171669709"
  })
  void numbersAreThoseOfScikitImage(
      int height,
      int width,
      int truthSeed,
      int imageSeed,
      double ratio,
      double similarity,
      double colourfulness) {
    byte[] truth = image(height, width, truthSeed);
    byte[] image =
        truthSeed == imageSeed
            ? altered(truth, width)
            : mixed(truth, image(height, width, imageSeed));

    ColourCounts counts = ColourCounts.of(truth, image, height, width);

    assertThat(counts.peakSignalToNoise().orElseThrow()).isCloseTo(ratio, within(1e-6));
    assertThat(counts.structuralSimilarity().orElseThrow()).isCloseTo(similarity, within(1e-6));
    assertThat(Colourfulness.of(truth)).isCloseTo(colourfulness, within(1e-6));
  }

  @Test
  void pooledNumbersAreThoseOfAllPixelsTogether() {
    byte[] truth = image(24, 24, 0);
    byte[] image = image(24, 24, 1);
    ColourCounts first = ColourCounts.of(truth, image, 24, 24);
    ColourCounts second = ColourCounts.of(truth, truth, 24, 24);

    ColourCounts both = first.plus(second).plus(ColourCounts.NONE);

    // Half of the pixels without error: half of the mean squared error, 3.01 decibels more.
    assertThat(both.peakSignalToNoise().orElseThrow())
        .isCloseTo(first.peakSignalToNoise().orElseThrow() + 10 * Math.log10(2), within(1e-12));
    assertThat(both.structuralSimilarity().orElseThrow())
        .isCloseTo((first.structuralSimilarity().orElseThrow() + 1) / 2, within(1e-12));
  }

  @Test
  void anImageWithoutErrorHasNoFiniteRatio() {
    byte[] truth = image(24, 24, 0);

    ColourCounts counts = ColourCounts.of(truth, truth, 24, 24);

    assertThat(counts.peakSignalToNoise()).isEmpty();
    assertThat(counts.structuralSimilarity().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void anImageSmallerThanTheWindowHasNoSimilarity() {
    byte[] truth = image(10, 40, 0);
    byte[] image = image(10, 40, 1);

    ColourCounts counts = ColourCounts.of(truth, image, 10, 40);

    assertThat(counts.structuralSimilarity()).isEmpty();
    assertThat(counts.peakSignalToNoise()).isPresent();
  }

  @Test
  void aGrayImageIsNotColourful() {
    assertThat(Colourfulness.of(LumaChroma.gray(image(9, 9, 3)))).isZero();
  }

  @Test
  void lumaAndChromaTogetherAreTheColours() {
    byte[] colours = image(30, 30, 2);

    byte[] again = LumaChroma.colours(LumaChroma.gray(colours), LumaChroma.chroma(colours));

    // Luma is rounded: by half a step at most.
    for (int i = 0; i < colours.length; i++) {
      assertThat(Math.abs((again[i] & 0xFF) - (colours[i] & 0xFF))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void grayOfGrayIsItselfAndHasNoChroma() {
    byte[] gray = new byte[256 * CHANNELS];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (i / CHANNELS);
    }

    assertThat(LumaChroma.gray(gray)).isEqualTo(gray);
    for (float value : LumaChroma.chroma(gray)) {
      assertThat(value).isCloseTo(0, within(1e-4f));
    }
  }

  @Test
  void primaryColoursHaveTheChromaOfJpeg() {
    byte[] redAndBlue = {(byte) 255, 0, 0, 0, 0, (byte) 255};

    // ITU-T T.871: Cb = -0.1687 R - 0.3313 G + 0.5 B, Cr = 0.5 R - 0.4187 G - 0.0813 B.
    float[] chroma = LumaChroma.chroma(redAndBlue);
    assertThat(chroma[0]).isCloseTo(-0.168736f * 255, within(1e-3f));
    assertThat(chroma[1]).isCloseTo(127.5f, within(1e-3f));
    assertThat(chroma[2]).isCloseTo(127.5f, within(1e-3f));
    assertThat(chroma[3]).isCloseTo(-0.081312f * 255, within(1e-3f));
  }

  @Test
  void flickerIsTheChangeBeyondThatOfTheTruth() {
    ChromaChange change =
        ChromaChange.between(
            new float[] {0, 0, 0, 0},
            new float[] {3, -3, 0, 2},
            new float[] {1, 1, 1, 1},
            new float[] {1, 2, 1, 0});

    assertThat(change).isEqualTo(new ChromaChange(8, 2, 4));
    assertThat(change.flicker().orElseThrow()).isEqualTo(1.5);
    assertThat(change.plus(new ChromaChange(0, 6, 4)).flicker().orElseThrow()).isEqualTo(0);
    assertThat(ChromaChange.NONE.flicker()).isEmpty();
  }

  private static byte[] image(int height, int width, int seed) {
    byte[] image = new byte[height * width * CHANNELS];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          image[i++] =
              (byte) (x * (3 + seed) + y * (5 + 2 * seed) + channel * 37 + x * y * (seed + 1) / 7);
        }
      }
    }
    return image;
  }

  private static byte[] mixed(byte[] truth, byte[] other) {
    byte[] mixed = new byte[truth.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) (((truth[i] & 0xFF) * 3 + (other[i] & 0xFF)) / 4);
    }
    return mixed;
  }

  private static byte[] altered(byte[] truth, int width) {
    byte[] altered = truth.clone();
    altered[(3 * width + 4) * CHANNELS + 1] ^= 1;
    return altered;
  }
}
