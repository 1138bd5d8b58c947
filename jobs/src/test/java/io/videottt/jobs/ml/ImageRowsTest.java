package io.videottt.jobs.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.image.RgbImage;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ImageRowsTest {

  @Test
  void grayRowsAreThreeEqualChannelsOfTheStoredValue() {
    RgbImage image = ImageRows.image(row(1, 3, 1, 0, new byte[] {0, (byte) 128, (byte) 255}));
    assertThat(image.pixels()).containsExactly(0, 0, 0, 128, 128, 128, 255, 255, 255);
  }

  @Test
  void opacityIsDroppedAndColoursChangeTheirOrder() {
    RgbImage image = ImageRows.image(row(1, 2, 4, 24, new byte[] {3, 2, 1, 0, 6, 5, 4, 9}));
    assertThat(image.pixels()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  private static Row row(int height, int width, int channels, int mode, byte[] data) {
    return RowFactory.create("test", height, width, channels, mode, data);
  }
}
