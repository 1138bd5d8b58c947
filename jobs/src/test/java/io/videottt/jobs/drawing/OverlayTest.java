package io.videottt.jobs.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final int GRAY = 0x646464;
  private static final int WHITE = 0xffffff;

  private static final PredictedClasses CLASSES =
      new PredictedClasses(
          List.of(
              new ClassDefinition(0, "road", false, "#804080", null),
              new ClassDefinition(1, "car", true, "#00008e", List.of(26L))));

  private static RgbImage gray(int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    Arrays.fill(pixels, (byte) 100);
    return new RgbImage(height, width, pixels);
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  @Test
  void segmentsHaveColoursAndBordersAndTheRestStaysAsItIs() {
    int[] ids = {0, 0, 1, 1, 2, 2, 3, 3, 3};
    PanopticMap map =
        new PanopticMap(
            1,
            9,
            ids,
            List.of(
                PanopticSegment.predicted(1, 0),
                PanopticSegment.predicted(2, 1),
                PanopticSegment.predicted(3, 1)));

    BufferedImage overlay = new PanopticOverlay(CLASSES).draw(gray(1, 9), map);

    assertThat(rgb(overlay, 0, 0)).isEqualTo(GRAY);
    assertThat(rgb(overlay, 1, 0)).isEqualTo(WHITE);
    assertThat(rgb(overlay, 2, 0)).isEqualTo(Overlays.mixed(GRAY, 0x804080));
    assertThat(rgb(overlay, 3, 0)).isEqualTo(WHITE);
    assertThat(rgb(overlay, 4, 0)).isEqualTo(Overlays.mixed(GRAY, 0x00008e));
    assertThat(rgb(overlay, 5, 0)).isEqualTo(WHITE);
    assertThat(rgb(overlay, 6, 0))
        .isEqualTo(rgb(overlay, 8, 0))
        .isNotIn(GRAY, WHITE, Overlays.mixed(GRAY, 0x00008e));
  }

  @Test
  void detectionsAboveTheThresholdAreDrawnWithTheirBoxAndName() {
    boolean[] mask = new boolean[60 * 80];
    for (int y = 20; y < 40; y++) {
      Arrays.fill(mask, y * 80 + 10, y * 80 + 50, true);
    }
    InstanceDetection car = new InstanceDetection(1, RunLengthMask.of(60, 80, mask), 0.7);
    InstanceDetection nothing =
        new InstanceDetection(1, RunLengthMask.of(60, 80, new boolean[60 * 80]), 0.9);
    RgbImage image = gray(60, 80);

    BufferedImage drawn = new InstanceOverlay(CLASSES, 0.5).draw(image, List.of(car, nothing));
    BufferedImage hidden = new InstanceOverlay(CLASSES, 0.8).draw(image, List.of(car, nothing));

    int colour = ClassColours.palette().rgb()[0];
    assertThat(rgb(drawn, 10, 30)).isEqualTo(colour);
    assertThat(rgb(drawn, 49, 39)).isEqualTo(colour);
    assertThat(rgb(drawn, 30, 30)).isEqualTo(Overlays.mixed(GRAY, colour));
    assertThat(rgb(drawn, 60, 50)).isEqualTo(GRAY);
    assertThat(rgb(drawn, 10, 19)).as("the name's background").isEqualTo(colour);
    for (int i = 0; i < 60 * 80; i++) {
      assertThat(rgb(hidden, i % 80, i / 80)).isEqualTo(GRAY);
    }
  }
}
