package io.videottt.reports.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@link SamplePage} as a file, and a real browser that looks at it as on a desk. */
public abstract class SamplePageInBrowser {

  @TempDir private static Path folder;
  private static Browser browser;
  private static URI page;

  @BeforeAll
  static void writeThePage() throws IOException {
    browser = Browser.start(folder.resolve("profile"));
    page = Files.writeString(folder.resolve("index.html"), SamplePage.page().html()).toUri();
  }

  public static Browser browser() {
    return browser;
  }

  public static URI page() {
    return page;
  }

  @BeforeEach
  void startOnADesk() {
    browser.asOnADesk();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }
}
