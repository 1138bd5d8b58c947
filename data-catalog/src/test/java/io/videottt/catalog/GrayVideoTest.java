package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.shift.Corruption;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.GrayVideo;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.LumaChroma;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Videos as colorization sees them. */
class GrayVideoTest {

  private static final Set<Task> COLORIZATION = Set.of(Task.COLORIZATION);

  private static DataSet embedded() {
    return Catalog.builtIn().open("embedded", Optional.empty(), new Configuration(false));
  }

  @Test
  void everyFrameShowsItsLumaAndHasItsColoursAsTruth() {
    DataSet embedded = embedded();
    String id = embedded.videoIds("test").get(0);

    Video gray = embedded.video("test", id, COLORIZATION);
    RgbImage colours = embedded.video("test", id).read(3).image();
    Frame frame = gray.read(3);

    assertThat(frame.image().pixels()).isEqualTo(LumaChroma.gray(colours.pixels()));
    assertThat(frame.truth().colours().orElseThrow().pixels()).isEqualTo(colours.pixels());
    assertThat(frame.truth().has(Task.COLORIZATION)).isTrue();
    assertThat(frame.truth().has(Task.SEMANTIC)).isFalse();
    assertThat(gray.annotated(0)).isTrue();
    assertThat(gray.frameCount()).isEqualTo(embedded.video("test", id).frameCount());
    try (FrameStream stream = gray.stream()) {
      assertThat(stream.next().truth().has(Task.COLORIZATION)).isTrue();
    }
  }

  @Test
  void theTruthOfADamagedFrameIsTheDamagedFrameInColour() {
    DataSet embedded = embedded();
    Video original = embedded.video("test", embedded.videoIds("test").get(0));
    Video damaged =
        new ShiftedVideo(
            "hazy",
            original,
            List.of(new ShiftStage(Course.CONSTANT, Map.of(Corruption.HAZE, 0.6))));

    Frame frame = new GrayVideo(damaged).read(5);

    byte[] shown = damaged.read(5).image().pixels();
    assertThat(shown).isNotEqualTo(original.read(5).image().pixels());
    assertThat(frame.truth().colours().orElseThrow().pixels()).isEqualTo(shown);
    assertThat(frame.image().pixels()).isEqualTo(LumaChroma.gray(shown));
  }

  @Test
  void filmsInBlackAndWhiteAreShownAndHaveNoTruth() {
    DataSet embedded = embedded();
    Video original = embedded.video("test", embedded.videoIds("test").get(0));

    Video gray = new GrayVideo(original, false);

    assertThat(gray.annotated(0)).isFalse();
    assertThat(gray.read(0).truth().has(Task.COLORIZATION)).isFalse();
    assertThat(gray.read(0).image().pixels())
        .isEqualTo(LumaChroma.gray(original.read(0).image().pixels()));
    assertThat(Catalog.builtIn().definition("lumiere-films").split("test").monochrome()).isTrue();
    assertThat(Catalog.builtIn().definition("lumiere-films").split("test").videos()).hasSize(10);
  }

  @Test
  void everyDataSetCanBeColoured() {
    for (String name : Catalog.builtIn().names()) {
      assertThat(Catalog.builtIn().definition(name).tasks()).contains(Task.COLORIZATION);
    }
  }

  @Test
  void framesAreNotGrayAndInColourAtOnce() {
    DataSet embedded = embedded();
    assertThatThrownBy(() -> embedded.videos("test", EnumSet.of(Task.COLORIZATION, Task.SEMANTIC)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colour or gray");
  }
}
