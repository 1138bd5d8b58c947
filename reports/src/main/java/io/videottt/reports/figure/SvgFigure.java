package io.videottt.reports.figure;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws a chart as an SVG element that may stand alone or within a page beside others. */
final class SvgFigure {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /** Decimals of coordinates; a hundredth of a pixel is never seen. */
  private static final int DECIMALS = 2;

  private SvgFigure() {}

  static byte[] draw(FigureCharts.Sized chart, Figure figure) {
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(NAMESPACE, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      context.setPrecision(DECIMALS);
      context.setIDGenerator(new OwnIds(figure.name()));
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(chart.width(), chart.height()));
      chart.chart().draw(graphics, new Rectangle2D.Double(0, 0, chart.width(), chart.height()));
      Element root = graphics.getRoot();
      root.setAttribute("viewBox", "0 0 %d %d".formatted(chart.width(), chart.height()));
      root.setAttribute("role", "img");
      Element title = document.createElementNS(NAMESPACE, "title");
      title.setTextContent(figure.title());
      Element description = document.createElementNS(NAMESPACE, "desc");
      description.setTextContent(figure.caption());
      root.insertBefore(description, root.getFirstChild());
      root.insertBefore(title, description);
      return bytes(root);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("every Java platform writes XML", e);
    }
  }

  private static byte[] bytes(Element root) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    transformer.transform(new DOMSource(root), new StreamResult(bytes));
    return bytes.toByteArray();
  }

  /** Ids that differ between the figures of a page. */
  private static final class OwnIds extends SVGIDGenerator {

    private final String figure;

    OwnIds(String figure) {
      this.figure = figure.replaceAll("[^\\w-]", "_");
    }

    @Override
    public String generateID(String prefix) {
      return figure + "-" + super.generateID(prefix);
    }
  }
}
