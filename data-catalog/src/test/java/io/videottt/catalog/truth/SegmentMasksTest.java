package io.videottt.catalog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.TestCoco;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.metrics.RunLengthMask;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentMasksTest {

  private static final int LARGEST_ID = (1 << 24) - 1;

  @TempDir private Path folder;

  @Test
  void masksAreThoseOfEverySegmentAlone() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      int[] wanted = random.ints(0, LARGEST_ID + 1).distinct().limit(1 + round % 6).toArray();
      int[] ids = new int[height * width];
      for (int i = 0; i < ids.length; i++) {
        int pick = random.nextInt(wanted.length + 1);
        ids[i] = pick < wanted.length ? wanted[pick] : random.nextInt(LARGEST_ID);
      }
      List<RunLengthMask> masks = SegmentMasks.of(height, width, ids, wanted);
      for (int place = 0; place < wanted.length; place++) {
        boolean[] pixels = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
          pixels[i] = ids[i] == wanted[place];
        }
        assertThat(masks.get(place).toPixels()).isEqualTo(pixels);
      }
    }
  }

  @Test
  void segmentIdsSurviveTheirImage() {
    Random random = new Random(6);
    int[] ids = random.ints(64, 0, LARGEST_ID + 1).toArray();
    ids[0] = LARGEST_ID;
    ids[1] = 0;
    Path file = folder.resolve("ids.png");
    TestCoco.writeMask(file, 8, 8, (x, y) -> ids[y * 8 + x]);
    byte[] bytes =
        StoredFiles.image(
            new org.apache.hadoop.fs.Path(file.toString()),
            new org.apache.hadoop.conf.Configuration());
    assertThat(ImageDecoder.decodeSegmentIds(bytes, "ids.png").ids()).isEqualTo(ids);
  }

  @Test
  void placesOfIdsAreFoundWhateverTheirOrder() {
    SegmentPlaces places = new SegmentPlaces(new int[] {LARGEST_ID, 1, 70_000});
    assertThat(IntStream.of(1, 70_000, LARGEST_ID, 2, 0, 1).map(places::of))
        .containsExactly(1, 2, 0, SegmentPlaces.NONE, SegmentPlaces.NONE, 1);
  }
}
