package io.videottt.catalog.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small pictures in every format that is read, against the pixels that Pillow gives. */
class PicturesTest {

  static byte[] resource(String name) {
    try (InputStream stream = PicturesTest.class.getResourceAsStream("pictures/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<List<String>> pictures() {
    return new String(resource("pixels.txt"), StandardCharsets.US_ASCII)
        .lines()
        .map(line -> List.of(line.split(" ")));
  }

  @TestFactory
  Stream<DynamicTest> thePixelsOfEveryFormatAreThoseOfPillow() {
    return pictures()
        .map(
            picture ->
                DynamicTest.dynamicTest(
                    picture.get(0),
                    () -> {
                      RgbImage image =
                          ImageDecoder.decodeColour(resource(picture.get(0)), picture.get(0));
                      assertThat(image.width()).isEqualTo(Integer.parseInt(picture.get(1)));
                      assertThat(image.height()).isEqualTo(Integer.parseInt(picture.get(2)));
                      assertThat(HexFormat.of().formatHex(image.pixels()))
                          .isEqualTo(picture.get(3));
                    }));
  }
}
