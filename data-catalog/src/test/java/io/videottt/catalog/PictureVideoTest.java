package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.image.TestJpeg;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as the frames of a data set, of which sweeps and trainings are made. */
class PictureVideoTest {

  @TempDir private Path root;

  private Video video() {
    return Catalog.builtIn()
        .open("camvid", Optional.of(root.toString()), new Configuration())
        .video("test", "0001TP");
  }

  private void write(String name, byte[] picture, int width, int height) {
    TestImages.write(root.resolve("images/0001TP/" + name + ".jpg"), picture);
    TestImages.writeGray(
        root.resolve("labels/0001TP/" + name + ".png"), width, height, (x, y) -> 0);
  }

  @Test
  void case01FramesOfOneChannelHaveTheStoredValues() {
    BufferedImage gray = TestImages.gray(16, 16, (x, y) -> 16 * y + x);
    BufferedImage wide = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      wide.getRaster().setSample(i % 16, i / 16, 0, 257 * i);
    }
    write("a", TestImages.bytes(gray, "png"), 16, 16);
    write("b", TestImages.bytes(wide, "png"), 16, 16);
    write("c", TestImages.bytes(TestImages.gray(16, 16, (x, y) -> 128), "jpg"), 16, 16);
    byte[] stored = new byte[768];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (byte) (i / 3);
    }
    assertThat(video().read(0).image().pixels()).isEqualTo(stored);
    assertThat(video().read(1).image().pixels()).isEqualTo(stored);
    assertThat(video().read(2).image().pixels()).containsOnly(128);
  }

  @Test
  void labelsBelongToThePictureAsPeopleSeeIt() {
    byte[] stored = TestImages.bytes(TestImages.colour(10, 6, (x, y) -> x * y), "jpg");
    TestImages.write(root.resolve("images/0001TP/photo.jpg"), TestJpeg.turned(stored, 6));
    TestImages.writeGray(root.resolve("labels/0001TP/photo.png"), 6, 10, (x, y) -> y);
    Video video = video();

    Frame frame = video.read(0);

    assertThat(List.of(frame.image().height(), frame.image().width())).containsExactly(10, 6);
    TestImages.writeGray(root.resolve("labels/0001TP/photo.png"), 10, 6, (x, y) -> x);
    assertThatThrownBy(() -> video.read(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("photo.png: the labels are 10 x 6, the image ")
        .hasMessageEndingWith(
            "photo.jpg is 6 x 10 (width x height), turned as its EXIF orientation 6 says;"
                + " turn the labels, too, or remove the tag");
  }
}
