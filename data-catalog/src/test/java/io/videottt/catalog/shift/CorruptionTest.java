package io.videottt.catalog.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.catalog.Digests;
import io.videottt.catalog.image.LatticeHash;
import io.videottt.catalog.image.RgbImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptionTest {

  private static final long SEED = 7;
  private static final int HEIGHT = 37;
  private static final int WIDTH = 53;

  @Test
  void damagedPixelsAreTheSameOnEveryMachine() {
    List<String> digests = new ArrayList<>();
    for (Corruption kind : Corruption.values()) {
      digests.add("%s %s %s".formatted(kind, digest(scene(), kind, 0.3), digest(scene(), kind, 1)));
    }
    assertThat(digests)
        .containsExactly(
            "haze 0be2733362c6a648 c79ad0173768adf9",
            "cast 184add23aefdcc8a 146657b2da5dd484",
            "defocus eea1a1eeca065a0c c8b2b6f29dcc8f85",
            "low-light 5d4082f4c6225aea c9ae2b96ebd97995",
            "noise a7372eeca49c5939 ae723437bc1c8586",
            "speckle 67fdc60aa65edd7a 0dd19495417e6eb3",
            "jpeg e762ee66c4606d38 c826178284e404ce");
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void noStrengthIsNoDamage(Corruption kind) {
    RgbImage scene = scene();
    assertThat(damaged(scene, kind, 0)).isSameAs(scene);
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void littleStrengthIsLittleDamageAndMoreIsMore(Corruption kind) {
    RgbImage scene = scene();
    double none = distance(scene, damaged(scene, kind, 1e-6));
    double little = distance(scene, damaged(scene, kind, 0.1));
    double half = distance(scene, damaged(scene, kind, 0.5));
    double full = distance(scene, damaged(scene, kind, 1));
    assertThat(none).isLessThan(0.05);
    assertThat(half).isGreaterThan(little);
    assertThat(full).isGreaterThan(half).isGreaterThan(8);
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void theImageThatWasReadStaysAsItIs(Corruption kind) {
    RgbImage scene = scene();
    String before = Digests.of(scene.pixels());
    damaged(scene, kind, 1);
    assertThat(Digests.of(scene.pixels())).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Corruption.class,
      names = {"LOW_LIGHT", "NOISE", "SPECKLE"})
  void noiseIsAnotherInEveryFrameAndTheSameForEveryReader(Corruption kind) {
    Map<Corruption, Double> strengths = Map.of(kind, 0.3);
    byte[] first = DamagedFrame.apply(scene(), strengths, 1).pixels();
    assertThat(DamagedFrame.apply(scene(), strengths, 1).pixels()).isEqualTo(first);
    assertThat(DamagedFrame.apply(scene(), strengths, 2).pixels()).isNotEqualTo(first);
  }

  @Test
  void noiseHasTheDeviationThatItSays() {
    double[] values = values(damaged(plain(128), Corruption.NOISE, 0.1));
    assertThat(mean(values)).isCloseTo(128, within(1.0));
    assertThat(deviation(values)).isCloseTo(25.5, within(0.8));
  }

  @Test
  void speckleIsStrongerWhereItIsBrighter() {
    double dark = deviation(values(damaged(plain(50), Corruption.SPECKLE, 0.2)));
    double bright = deviation(values(damaged(plain(150), Corruption.SPECKLE, 0.2)));
    assertThat(dark).isCloseTo(10, within(0.4));
    assertThat(bright).isCloseTo(30, within(1.0));
  }

  @Test
  void lowLightHalvesTheLightWithEveryStop() {
    // Two of six stops: a quarter of the light of gray 188, half of white's, is an eighth of
    // white's.
    double[] values = values(damaged(plain(188), Corruption.LOW_LIGHT, 2.0 / 6));
    assertThat(mean(values)).isCloseTo(99, within(1.5));
    double bright = deviation(values);
    double dark = deviation(values(damaged(plain(188), Corruption.LOW_LIGHT, 4.0 / 6)));
    assertThat(dark / 50).as("noise in proportion to the signal").isGreaterThan(bright / 99);
  }

  @Test
  void defocusSpreadsAPointToADiscOfItsRadiusAndKeepsItsLight() {
    int side = 100;
    byte[] pixels = new byte[side * side * 3];
    for (int y = 49; y <= 51; y++) {
      for (int x = 49; x <= 51; x++) {
        pixels[(y * side + x) * 3] = (byte) 255;
      }
    }
    // A twelfth of the strength is a radius of one pixel in a hundred.
    RgbImage blurred = damaged(new RgbImage(side, side, pixels), Corruption.DEFOCUS, 5.0 / 12);
    double sum = 0;
    double moment = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int red = blurred.pixels()[(y * side + x) * 3] & 0xff;
        double distance = Math.hypot(y - 50, x - 50);
        sum += red;
        moment += red * distance * distance;
        assertThat(red > 0).as("%d, %d", y, x).isEqualTo(red > 0 && distance < 7.1);
        assertThat(blurred.pixels()[(y * side + x) * 3 + 1]).isZero();
      }
    }
    assertThat(sum).isCloseTo(9 * 255, within(0.04 * 9 * 255));
    // Half the squared radius, and two thirds of a pixel for each direction of the square.
    assertThat(moment / sum).isCloseTo(25.0 / 2 + 4.0 / 3, within(0.6));
  }

  @Test
  void defocusAndJpegLeaveAPlainPictureAsItIs() {
    for (Corruption kind : List.of(Corruption.DEFOCUS, Corruption.JPEG)) {
      for (double value : values(damaged(plain(128), kind, 0.2))) {
        assertThat(value).as(kind.toString()).isBetween(127.0, 129.0);
      }
    }
  }

  @Test
  void jpegAtFullStrengthLeavesLittleButTheMeanOfBlocks() {
    RgbImage coded = damaged(scene(), Corruption.JPEG, 1);
    int kinds = 0;
    for (int y = 0; y < 8; y++) {
      for (int x = 1; x < 8; x++) {
        kinds += coded.pixels()[(y * WIDTH + x) * 3] == coded.pixels()[y * WIDTH * 3] ? 0 : 1;
      }
    }
    assertThat(kinds).isZero();
  }

  @Test
  void jpegRoundsAsTheStandardsTablesSay() {
    // A block of one horizontal cosine of amplitude 20: its coefficient is 20 * 4 * sqrt(2), about
    // 113, and the step of that frequency at scale 4 is 44: the nearest multiple is 132.
    byte[] pixels = new byte[8 * 8 * 3];
    for (int i = 0; i < pixels.length; i++) {
      double cosine = StrictMath.cos((2 * (i / 3 % 8) + 1) * Math.PI / 16);
      pixels[i] = (byte) Math.round(128 + 20 * cosine);
    }
    RgbImage coded = damaged(new RgbImage(8, 8, pixels), Corruption.JPEG, 0.4);
    double amplitude = 132 / (4 * Math.sqrt(2));
    for (int x = 0; x < 8; x++) {
      double expected = 128 + amplitude * StrictMath.cos((2 * x + 1) * Math.PI / 16);
      assertThat((double) (coded.pixels()[x * 3] & 0xff)).isCloseTo(expected, within(1.0));
    }
  }

  @Test
  void severalCorruptionsHaveTheOrderOfTheListWhateverTheirMapSays() {
    Map<Corruption, Double> one = new LinkedHashMap<>();
    one.put(Corruption.JPEG, 0.5);
    one.put(Corruption.HAZE, 0.5);
    Map<Corruption, Double> other = new EnumMap<>(one);
    byte[] pixels = DamagedFrame.apply(scene(), one, SEED).pixels();
    assertThat(pixels).isEqualTo(DamagedFrame.apply(scene(), other, SEED).pixels());
    RgbImage hazy = damaged(scene(), Corruption.HAZE, 0.5);
    // Rounded to bytes in between, which is all that may differ.
    assertThat(distance(new RgbImage(HEIGHT, WIDTH, pixels), damaged(hazy, Corruption.JPEG, 0.5)))
        .isLessThan(1);
  }

  private static RgbImage damaged(RgbImage image, Corruption kind, double strength) {
    return DamagedFrame.apply(image, Map.of(kind, strength), SEED);
  }

  private static String digest(RgbImage image, Corruption kind, double strength) {
    return Digests.of(damaged(image, kind, strength).pixels());
  }

  /** Edges, a gradient and texture, of a size that no block divides. */
  private static RgbImage scene() {
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int base = 40 + 3 * x + (y / 9 % 2 == 0 ? 40 : 0);
        for (int channel = 0; channel < 3; channel++) {
          double noise = 20 * LatticeHash.uniform(3, x, y * 3L + channel);
          pixels[(y * WIDTH + x) * 3 + channel] =
              (byte) (int) Math.max(0, Math.min(255, base - 25 * channel + noise));
        }
      }
    }
    return new RgbImage(HEIGHT, WIDTH, pixels);
  }

  private static RgbImage plain(int value) {
    byte[] pixels = new byte[64 * 64 * 3];
    java.util.Arrays.fill(pixels, (byte) value);
    return new RgbImage(64, 64, pixels);
  }

  private static double[] values(RgbImage image) {
    double[] values = new double[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[i] & 0xff;
    }
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private static double distance(RgbImage one, RgbImage other) {
    double[] a = values(one);
    double[] b = values(other);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
