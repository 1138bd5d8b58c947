package io.videottt.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureFormatTest {

  static List<Figure> figures() {
    return SampleFigures.all();
  }

  private static String svg(Figure figure) {
    return new String(FigureFormat.SVG.draw(figure), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void theSameFigureGivesTheSameBytes(Figure figure) {
    for (FigureFormat format : FigureFormat.values()) {
      byte[] first = format.draw(figure);
      assertThat(format.draw(figure)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("figures")
  void anSvgIsWellFormedAndNeedsNothingFromElsewhere(Figure figure) throws Exception {
    String svg = svg(figure);

    var root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("viewBox")).startsWith("0 0 720 ");
    assertThat(root.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(figure.title());
    assertThat(svg).doesNotContain("href", "<image", "<script", "<style");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aPngHasTwiceTheSizeAndMoreThanOneColour(Figure figure) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(FigureFormat.PNG.draw(figure)));

    assertThat(picture.getWidth()).isEqualTo(1440);
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < picture.getHeight(); y += 3) {
      for (int x = 0; x < picture.getWidth(); x += 3) {
        colours.add(picture.getRGB(x, y));
      }
    }
    assertThat(colours).hasSizeGreaterThan(5);
  }

  @Test
  void idsOfTwoFiguresDiffer() {
    assertThat(ids(svg(SampleFigures.overTime())))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(ids(svg(SampleFigures.scatter())));
  }

  private static Set<String> ids(String svg) {
    return Pattern.compile(" id=\"([^\"]+)\"")
        .matcher(svg)
        .results()
        .map((MatchResult id) -> id.group(1))
        .filter(id -> !id.equals("genericDefs"))
        .collect(Collectors.toSet());
  }

  @Test
  void aLegendNamesASeriesOfSeveralPanelsOnce() {
    assertThat(svg(SampleFigures.overTime()).split("A method of number 2", -1)).hasSize(2);
  }

  @Test
  void aFigureOfOneValueIsDrawn() {
    LineFigure one =
        new LineFigure(
            "one",
            "one",
            "",
            FigureAxis.logarithmic("x"),
            List.of(
                new LineFigure.Panel(
                    FigureAxis.linear("y"),
                    List.of(
                        new LineFigure.Series(
                            "s",
                            0,
                            LineFigure.Look.MARKED_LINE,
                            List.of(LineFigure.Point.at(3, 0)))),
                    false)));

    assertThat(svg(one)).contains("<svg");
  }

  @Test
  void aLogarithmicAxisIsLabelledAtOneTwoAndFive() {
    assertThat(FigureAxis.logarithmic("x").ticksWithin(0.03, 3))
        .extracting(FigureAxis.Tick::label)
        .containsExactly("0.05", "0.1", "0.2", "0.5", "1", "2");
  }

  @Test
  void valuesMustFitTheNames() {
    assertThatThrownBy(
            () ->
                new HeatMapFigure(
                    "h", "", "", "", "", List.of("a"), List.of("b"), List.of(List.of(1.0, 2.0))))
        .hasMessageContaining("2 values for 1 columns");
    assertThatThrownBy(
            () ->
                new BarFigure(
                    "b", "", "", "", List.of("a"), List.of(new BarFigure.Group("g", List.of()))))
        .hasMessageContaining("0 bars for 1 rows");
    assertThatThrownBy(() -> new LineFigure("l", "", "", FigureAxis.linear("x"), List.of()))
        .hasMessageContaining("no panel");
  }
}
