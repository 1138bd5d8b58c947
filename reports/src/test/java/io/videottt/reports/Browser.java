package io.videottt.reports;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The installed Chromium without a window. Nothing is downloaded for it. */
final class Browser implements AutoCloseable {

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for its files
   */
  static Browser start(Path profile) {
    Optional<String> chromium =
        Optional.ofNullable(System.getenv("VIDEOTTT_CHROMIUM"))
            .or(() -> onPath("chromium", "chromium-browser", "google-chrome"));
    Optional<String> chromeDriver = onPath("chromedriver");
    boolean there = chromium.isPresent() && chromeDriver.isPresent();
    if (!there && !"true".equals(System.getenv("CI"))) {
      Assumptions.abort(
          "no chromium (or VIDEOTTT_CHROMIUM) with chromedriver on the PATH:"
              + " config/install-browser.sh installs both");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(chromeDriver.orElseThrow()))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<String> onPath(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  void open(URI page) {
    driver.get(address(page));
  }

  /** Shows pages as on a desk again. */
  void asOnADesk() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
  }

  /** Shows the page as on a screen of a phone. */
  void asOnAPhone() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Shows the page as on paper, landscape A4 within its margins. */
  void asPrinted() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1031, "height", 700, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The value of a script's return statement. */
  Object value(String script) {
    return driver.executeScript(script);
  }

  /** What was written to the console. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What a page has asked for since the last look: messages of the network's protocol. */
  List<String> requests(URI page) {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .filter(message -> message.contains("\"documentURL\":\"" + address(page)))
        .toList();
  }

  /** As browsers write it, with three slashes. */
  private static String address(URI page) {
    return "file://" + page.getPath();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
