package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says about pictures as people have them, in one folder with a few that are not. */
class PicturePredictTest {

  private static final int EXIF_CLOCKWISE = 6;

  @TempDir private static Path folder;
  private static Path output;
  private static TinySweep.Run run;

  @BeforeAll
  static void predict() throws IOException {
    Path images = folder.resolve("images");
    output = folder.resolve("output");
    Files.createDirectories(images);
    RgbImage frame = StreetImages.frames(1).get(0);
    RgbImage gray = grayOf(frame);
    StreetImages.write(gray, images.resolve("gray-in-three-channels.png"));
    write(oneChannel(gray, BufferedImage.TYPE_BYTE_GRAY), images.resolve("gray.png"));
    write(oneChannel(gray, BufferedImage.TYPE_USHORT_GRAY), images.resolve("gray16.png"));
    byte[] grayJpeg = jpeg(oneChannel(gray, BufferedImage.TYPE_BYTE_GRAY));
    Files.write(images.resolve("gray-jpeg.jpg"), grayJpeg);
    StreetImages.write(
        stored(grayJpeg, gray.height(), gray.width()), images.resolve("gray-jpeg-twin.png"));

    byte[] street = Files.readAllBytes(StreetImages.write(frame, folder.resolve("street.jpg")));
    Files.write(images.resolve("street.jpg"), street);
    byte[] padded = Arrays.copyOf(street, street.length + 3);
    System.arraycopy(street, street.length - 2, padded, padded.length - 2, 2);
    Arrays.fill(padded, street.length - 2, padded.length - 2, (byte) 0);
    Files.write(images.resolve("stray-bytes.jpg"), padded);
    Files.write(images.resolve("photo.jpg"), turned(street));
    BufferedImage lying = ImageIO.read(images.resolve("street.jpg").toFile());
    write(clockwise(lying), images.resolve("photo-upright.png"));

    Files.writeString(images.resolve("animation.png"), "GIF89a..........");
    Files.write(images.resolve("bomb.jpg"), scans(3000));
    run =
        TinySweep.run(
            "predict",
            "--model",
            StreetImages.MODEL,
            "--input",
            images.toString(),
            "--output",
            output.toString(),
            "--master",
            "local[2]",
            "--conf",
            "spark.sql.codegen.wholeStage=false",
            "--conf",
            "spark.sql.codegen.factoryMode=NO_CODEGEN");
  }

  private static RgbImage grayOf(RgbImage image) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = pixels[i + 1];
      pixels[i + 2] = pixels[i + 1];
    }
    return new RgbImage(image.height(), image.width(), pixels);
  }

  private static BufferedImage oneChannel(RgbImage image, int type) {
    BufferedImage picture = new BufferedImage(image.width(), image.height(), type);
    int factor = type == BufferedImage.TYPE_USHORT_GRAY ? 256 : 1;
    for (int i = 0; i < image.height() * image.width(); i++) {
      int sample = (image.pixels()[3 * i] & 0xff) * factor;
      picture.getRaster().setSample(i % image.width(), i / image.width(), 0, sample);
    }
    return picture;
  }

  /** What a gray file stores, in three channels. */
  private static RgbImage stored(byte[] file, int height, int width) throws IOException {
    WritableRaster raster = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) raster.getSample(i / 3 % width, i / 3 / width, 0);
    }
    return new RgbImage(height, width, pixels);
  }

  private static BufferedImage clockwise(BufferedImage image) {
    BufferedImage turned =
        new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        turned.setRGB(image.getHeight() - 1 - y, x, image.getRGB(x, y));
      }
    }
    return turned;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    ImageIO.write(image, "png", file.toFile());
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private static byte[] turned(byte[] jpeg) {
    ByteBuffer exif = ByteBuffer.allocate(jpeg.length + 36).put(jpeg, 0, 2);
    exif.put((byte) 0xff).put((byte) 0xe1).putShort((short) 34);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) EXIF_CLOCKWISE);
    return exif.position(38).put(jpeg, 2, jpeg.length - 2).array();
  }

  /** A gray progressive JPEG of 64 megapixels: a header and many scans of one byte. */
  private static byte[] scans(int count) {
    ByteBuffer file = ByteBuffer.allocate(17 + 11 * count);
    file.putShort((short) 0xffd8).putShort((short) 0xffc2).putShort((short) 11).put((byte) 8);
    file.putShort((short) 8192).putShort((short) 8192).putInt(0x01011100);
    for (int i = 0; i < count; i++) {
      file.putShort((short) 0xffda).putShort((short) 8).putInt(0x01010000).putShort((short) 0);
      file.put((byte) 0);
    }
    return file.putShort((short) 0xffd9).array();
  }

  private static void assertEqual(String one, String other) throws IOException {
    BufferedImage labels = ImageIO.read(output.resolve(one).toFile());
    assertThat(labels).as(run.err()).isNotNull();
    assertThat(Files.readAllBytes(output.resolve(one)))
        .isEqualTo(Files.readAllBytes(output.resolve(other)));
  }

  @Test
  void case01GrayImagesGiveTheLabelsOfTheSamePixelsInThreeChannels() throws IOException {
    assertEqual("gray.png", "gray-in-three-channels.png");
    assertEqual("gray16.png", "gray-in-three-channels.png");
    assertEqual("gray-jpeg.png", "gray-jpeg-twin.png");
    assertEqual("gray-overlay.png", "gray-in-three-channels-overlay.png");
  }

  @Test
  void case14PhotographsAreTurnedAsTheirOrientationSays() throws IOException {
    assertEqual("photo.png", "photo-upright.png");
    assertEqual("photo-overlay.png", "photo-upright-overlay.png");
    BufferedImage labels = ImageIO.read(output.resolve("photo.png").toFile());
    BufferedImage lying = ImageIO.read(output.resolve("street.png").toFile());
    assertThat(labels.getWidth()).isEqualTo(lying.getHeight()).isLessThan(labels.getHeight());
  }

  @Test
  void case15StrayBytesBeforeTheEndChangeNothing() throws IOException {
    assertEqual("stray-bytes.png", "street.png");
  }

  @Test
  void case26AScanBombIsNamedInOneLineAndStopsNoOther() {
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.endsWith(
                    "bomb.jpg: more than 24 scans of 8192 x 8192 pixels would take too long; save"
                        + " the image again"))
        .anyMatch(
            line ->
                line.endsWith(
                    "animation.png: not a PNG or JPEG image but a GIF image; convert it to PNG"));
    assertThat(run.out()).startsWith("9 images segmented");
  }
}
