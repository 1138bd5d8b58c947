package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /** Of three columns and two rows: abc above def. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad",
  })
  void everyOrientationShowsThePictureUpright(int tag, String seen) {
    Orientation orientation = Orientation.values()[tag - 1];
    byte[] pixels = new byte[18];
    for (int i = 0; i < 6; i++) {
      pixels[3 * i] = (byte) ('a' + i);
      pixels[3 * i + 1] = (byte) i;
      pixels[3 * i + 2] = (byte) -i;
    }
    RgbImage upright = orientation.upright(new RgbImage(2, 3, pixels));
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      byte letter = upright.pixels()[3 * i];
      shown.append(i > 0 && i % upright.width() == 0 ? "/" : "").append((char) letter);
      assertThat(upright.pixels()[3 * i + 1]).isEqualTo((byte) (letter - 'a'));
      assertThat(upright.pixels()[3 * i + 2]).isEqualTo((byte) ('a' - letter));
    }
    assertThat(shown).hasToString(seen);
    assertThat(orientation.tag()).isEqualTo(tag);
    assertThat(orientation.exchangesSides()).isEqualTo(upright.width() == 2);
  }

  @Test
  void aMalformedBlockAsksForNothing() {
    Random random = new Random(1);
    byte[] block =
        "II*\0\b\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Orientation.of(ByteBuffer.wrap(block))).isEqualTo(Orientation.CLOCKWISE);
    for (int length = 0; length < block.length; length++) {
      assertThat(Orientation.of(ByteBuffer.wrap(block, 0, length))).isEqualTo(Orientation.UPRIGHT);
    }
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] damaged = block.clone();
      for (int i = 0; i <= trial % 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(Orientation.of(ByteBuffer.wrap(damaged))).isNotNull();
    }
  }

  @Test
  void labelMapsAreNotTurned() {
    byte[] png = PicturesTest.resource("gray8-turned-at-the-end.png");
    LabelMap labels = ImageDecoder.decodeLabels(png, "a.png", LabelEncoding.SINGLE_CHANNEL);
    RgbImage picture = ImageDecoder.decodeColour(png, "a.png");
    assertThat(List.of(labels.height(), labels.width())).containsExactly(13, 21);
    assertThat(List.of(picture.height(), picture.width())).containsExactly(21, 13);
  }
}
