package io.videottt.reports.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.SplitCount;
import io.videottt.reports.Titles;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayerDataTest {

  private static final Titles TITLES =
      Titles.of(
          List.of(
              new DataSetSummary(
                  "embedded",
                  "Embedded street scenes",
                  List.of("test"),
                  List.of(
                      new SplitCount(
                          "test",
                          20,
                          OptionalLong.empty(),
                          "drives that darken",
                          Map.of("dusk", "Dusk that comes and goes"))),
                  1,
                  20,
                  18,
                  OptionalDouble.of(10),
                  List.of())));

  private final Player player = SamplePlayer.player();
  private final Map<String, JsonNode> data = new LinkedHashMap<>();

  @BeforeEach
  void read() throws IOException {
    for (ScriptData element : new PlayerData(player.clips(), TITLES, player.styles()).elements()) {
      assertThat(element.id()).matches("[a-z0-9-]+");
      assertThat(data.put(element.id(), new JsonMapper().readTree(element.json()))).isNull();
    }
  }

  @Test
  void everyShownFrameHasTheMetricAndThePicturesOfItsClip() {
    for (int c = 0; c < player.clips().size(); c++) {
      Clip clip = player.clips().get(c);
      JsonNode told = data.get("clip-" + c);
      assertThat(told.get("length").intValue()).isEqualTo(clip.length());
      check(clip.input(), told.get("input"));
      check(clip.truth(), told.get("truth"));
      for (int t = 0; t < clip.tracks().size(); t++) {
        Track track = clip.tracks().get(t);
        JsonNode own = told.get("tracks").get(t);
        check(track.film(), own.get("film"));
        for (int i = 0; i < clip.frames().size(); i++) {
          JsonNode value = own.get("values").get(i);
          if (track.values().get(i).isPresent()) {
            assertThat(value.doubleValue()).isEqualTo(track.values().get(i).getAsDouble());
          } else {
            assertThat(value.isNull()).isTrue();
          }
        }
      }
      for (int i = 0; i < clip.frames().size(); i++) {
        Clip.Frame frame = clip.frames().get(i);
        JsonNode own = told.get("frames").get(i);
        assertThat(own.get("index").intValue()).isEqualTo(frame.index());
        assertThat(own.get("annotated").booleanValue()).isEqualTo(frame.annotated());
      }
    }
  }

  private void check(Film film, JsonNode id) {
    JsonNode told = data.get(id.textValue());
    assertThat(told.get("type").textValue()).isEqualTo(film.mediaType());
    assertThat(told.get("pictures")).hasSize(film.pictures().size());
    for (int i = 0; i < film.pictures().size(); i++) {
      JsonNode picture = told.get("pictures").get(i);
      if (film.pictures().get(i).isPresent()) {
        assertThat(Base64.getDecoder().decode(picture.textValue()))
            .isEqualTo(film.pictures().get(i).get());
      } else {
        assertThat(picture.isNull()).isTrue();
      }
    }
  }

  @Test
  void aFilmThatClipsShareStandsThereOnce() {
    // Two inputs, one truth, three, two and two methods.
    assertThat(data.keySet().stream().filter(id -> id.startsWith("film-"))).hasSize(10);
    assertThat(data.get("clip-0").get("input")).isEqualTo(data.get("clip-2").get("input"));
    assertThat(data.get("clip-0").get("input")).isNotEqualTo(data.get("clip-1").get("input"));
  }

  @Test
  void clipsOfOneEvaluationSetAndModelAreChosenFromTogether() {
    JsonNode scenes = data.get("player-scenes");

    assertThat(scenes).hasSize(2);
    assertThat(scenes.get(0).get("title").textValue())
        .isEqualTo(
            "Embedded street scenes (drives that darken): semantic segmentation, model tiny");
    assertThat(scenes.get(0).get("clips").get(0).get("video").textValue())
        .isEqualTo("Dusk that comes and goes");
    assertThat(scenes.get(0).get("metric").textValue()).isEqualTo("mIoU");
    assertThat(scenes.get(0).get("unit").textValue()).isEqualTo("%");
    assertThat(scenes.get(0).get("points").textValue()).isEqualTo("points");
    assertThat(scenes.get(0).get("clips")).hasSize(2);
    assertThat(scenes.get(0).get("clips").get(1).get("id").textValue()).isEqualTo("clip-1");
    assertThat(scenes.get(1).get("metric").textValue()).isEqualTo("PQ");
    assertThat(scenes.get(1).get("clips")).hasSize(1);
  }

  @Test
  void namesHoldNoHiddenCharactersAndAreCut() {
    assertThat(ClipTitles.name("a\u202eb\nc\u0000")).isEqualTo("a\ufffdb c\ufffd");
    assertThat(ClipTitles.name("x".repeat(1000))).hasSize(100);
  }

  @Test
  void theLineLeavesOutWhatIsNotDefinedAndIsOfHundredths() {
    JsonNode line = data.get("clip-0").get("tracks").get(0).get("line");

    assertThat(line).hasSize(SamplePlayer.LENGTH);
    assertThat(line.get(0).get(0).intValue()).isZero();
    assertThat(line.get(0).get(1).doubleValue()).isEqualTo(60.12);
  }
}
