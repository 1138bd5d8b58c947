package io.videottt.catalog.scenes;

import java.util.ArrayList;
import java.util.List;

/** Builds a street from a seed: buildings and plants along it, then what stands and moves on it. */
final class StreetBuilder {

  private static final double FACING_LIGHT = 0.9;
  private static final double SUNNY_LIGHT = 1.03;
  private static final double SHADED_LIGHT = 0.74;
  private static final double LANE = 1.5;
  private static final double CAR_WIDTH = 1.8;
  private static final double CAR_HEIGHT = 1.5;
  private static final double CAR_LENGTH = 4.2;
  private static final double PEOPLE_START = 5;
  private static final double PEOPLE_END = 90;

  private final Draws draws;
  private final Street street;
  private final List<Panel> panels = new ArrayList<>();
  private final List<StreetMoment.Shadow> shadows = new ArrayList<>();
  private final List<StreetWorld.Mover> movers = new ArrayList<>();
  private int instances;

  private StreetBuilder(long seed) {
    this.draws = new Draws(seed);
    this.street = new Street(draws);
  }

  /**
   * Builds a street.
   *
   * @param seed equal seeds give equal streets
   * @param speed metres per second of the camera, which the car ahead roughly keeps
   */
  static StreetWorld build(long seed, double speed) {
    StreetBuilder builder = new StreetBuilder(seed);
    builder.addLots(0);
    builder.addLots(1);
    builder.addBackdrop();
    builder.addFurniture(0);
    builder.addFurniture(1);
    builder.addParkedCars(0);
    builder.addParkedCars(1);
    builder.addTraffic(speed);
    builder.addPeople();
    return new StreetWorld(builder.street, builder.panels, builder.shadows, builder.movers);
  }

  private static double sign(int side) {
    return side == 0 ? -1 : 1;
  }

  private void addLots(int side) {
    double edge = street.roadHalf() + street.sidewalk();
    double light = draws.chance(0.5) ? SUNNY_LIGHT : SHADED_LIGHT;
    double z = Street.START;
    while (z < Street.END) {
      double length = draws.between(8, 19);
      double kind = draws.next();
      if (kind < 0.58) {
        double setback = draws.chance(0.5) ? 0 : draws.between(1, 4);
        double height = draws.between(6, 15);
        addBuilding(side, z, length, edge + setback, height, light);
        street.setLot(side, z, z + length, setback, 0.45 * height - setback);
      } else if (kind < 0.80) {
        addPark(side, z, length, edge);
      } else {
        addFencedLot(side, z, length, edge, light);
      }
      z += length;
      if (draws.chance(0.25)) {
        double gap = draws.between(1.5, 4);
        street.setLot(side, z, z + gap, 8, 0);
        z += gap;
      }
    }
  }

  private void addBuilding(
      int side, double z, double length, double lateral, double height, double light) {
    Surface facade = BuildingSurfaces.facade(draws, height);
    addAlong(side, z, z + length, lateral, height, light, facade);
    double near = sign(side) * lateral;
    double far = sign(side) * (lateral + 11);
    addFacing(Math.min(near, far), Math.max(near, far), z, height, BuildingSurfaces.wall(draws));
  }

  private void addPark(int side, double z, double length, double edge) {
    double depth = draws.between(4, 9);
    street.setLot(side, z, z + length, depth + 2, 0);
    double height = draws.between(2.2, 4.5);
    Surface hedge = NatureSurfaces.hedge(draws, height);
    addAlong(side, z, z + length, edge + depth, height, 1, hedge);
    for (double tree = z + 1; tree < z + length; tree += draws.between(3, 6)) {
      addTree(sign(side) * (edge + draws.between(1.2, depth)), tree);
    }
  }

  private void addFencedLot(int side, double z, double length, double edge, double light) {
    double height = draws.between(1.3, 2.1);
    double lateral = edge + draws.between(0.1, 1.2);
    street.setLot(side, z, z + length, 9, 0);
    addAlong(side, z, z + length, lateral, height, light, BuildingSurfaces.fence(draws));
    if (draws.chance(0.5)) {
      addBuilding(side, z + 1, length - 2, lateral + 5, draws.between(6, 10), light);
    }
    for (double tree = z + 1; tree < z + length; tree += draws.between(4, 8)) {
      addTree(sign(side) * (lateral + draws.between(1.5, 4)), tree);
    }
  }

  private void addBackdrop() {
    double height = draws.between(12, 22);
    double middle = street.bend(Street.END);
    panels.add(
        new Panel(
            middle - 260,
            Street.END,
            middle + 260,
            Street.END,
            0,
            height,
            1,
            0,
            false,
            NatureSurfaces.backdrop(draws, height)));
  }

  private void addFurniture(int side) {
    double lateral = sign(side) * (street.roadHalf() + 0.45);
    boolean trees = draws.chance(0.5);
    for (double z = draws.between(5, 14); z < Street.END - 60; z += draws.between(9, 17)) {
      double kind = draws.next();
      if (kind < 0.34) {
        addPole(lateral, z, draws.between(4.5, 6), 0.26);
      } else if (kind < 0.68) {
        addPole(lateral, z, 2.5, 0.18);
        double size = draws.between(0.9, 1.1);
        addSquare(
            lateral, z - 0.1, 2.0, size, size, TrafficSurfaces.sign(draws.pick(0, 1, 2), size));
      } else {
        addPole(lateral, z, 2.6, 0.22);
        Surface lamps = TrafficSurfaces.trafficLight(draws.pick(0, 2, 2, 1), 0.6, 1.4);
        addSquare(lateral, z - 0.1, 2.2, 0.6, 1.4, lamps);
      }
      if (trees) {
        addTree(sign(side) * (street.roadHalf() + 1.2), z + draws.between(4, 5.5));
      }
    }
  }

  private void addPole(double lateral, double z, double height, double width) {
    Surface surface = TrafficSurfaces.pole(draws.pick(0x8c8f92, 0x6f7275, 0xa3a5a6), width);
    double x = street.bend(z) + lateral;
    panels.add(new Panel(x - width / 2, z, x + width / 2, z, 0, height, 1, 0, true, surface));
    shadows.add(new StreetMoment.Shadow(x, z, 0.4, 0.4));
  }

  private void addSquare(
      double lateral, double z, double bottom, double width, double height, Surface surface) {
    double x = street.bend(z) + lateral;
    panels.add(
        new Panel(
            x - width / 2, z, x + width / 2, z, bottom, bottom + height, 1, 0, true, surface));
  }

  private void addTree(double lateral, double z) {
    double height = draws.between(4.5, 8);
    double width = height * draws.between(0.5, 0.75);
    double x = street.bend(z) + lateral;
    Surface surface = NatureSurfaces.tree(draws, width, height);
    panels.add(new Panel(x - width / 2, z, x + width / 2, z, 0, height, 1, 0, false, surface));
    shadows.add(new StreetMoment.Shadow(x, z, 0.35 * width, 0.35 * width));
  }

  private void addParkedCars(int side) {
    double frequency = draws.between(0.2, 0.75);
    for (double z = draws.between(3, 9); z < Street.END - 40; z += draws.between(5.6, 9)) {
      if (draws.chance(frequency)) {
        Car car = new Car(sign(side) * (street.roadHalf() - 1.1), z, 0, side == 1);
        place(car, 0, panels, shadows);
      }
    }
  }

  private void addTraffic(double speed) {
    if (draws.chance(0.7)) {
      Car ahead = new Car(LANE, draws.between(9, 26), speed * draws.between(0.95, 1.15), true);
      movers.add((seconds, p, s) -> place(ahead, seconds, p, s));
    }
    double z = draws.between(9, 40);
    while (z < Street.END) {
      Car oncoming = new Car(-LANE, z, -draws.between(6, 9), false);
      movers.add((seconds, p, s) -> place(oncoming, seconds, p, s));
      z += draws.between(18, 60);
    }
  }

  /** A car: where it starts, how fast it goes, which end is seen. */
  private final class Car {

    private final double lateral;
    private final double start;
    private final double speed;
    private final int instance;
    private final Surface end;
    private final Surface side;

    Car(double lateral, double start, double speed, boolean rear) {
      int colour =
          draws.pick(
              0xc8c9cb, 0x24262a, 0x9a1f23, 0x1f3f7c, 0x7d8186, 0xe9e9e6, 0x3d5c4a, 0xb08a3c);
      this.lateral = lateral;
      this.start = start;
      this.speed = speed;
      this.instance = ++instances;
      this.end = TrafficSurfaces.carEnd(colour, CAR_WIDTH, CAR_HEIGHT, rear);
      this.side = TrafficSurfaces.carSide(colour, CAR_LENGTH, CAR_HEIGHT);
    }
  }

  private void place(
      Car car, double seconds, List<Panel> toPanels, List<StreetMoment.Shadow> toShadows) {
    double z = car.start + car.speed * seconds;
    double x = street.bend(z) + car.lateral;
    double half = CAR_WIDTH / 2;
    toPanels.add(
        new Panel(
            x - half, z, x + half, z, 0, CAR_HEIGHT, FACING_LIGHT, car.instance, false, car.end));
    // The camera drives between the two rows: it sees the side that looks at its lane.
    double seen = car.lateral > LANE ? -half : half;
    double farX = street.bend(z + CAR_LENGTH) + car.lateral + seen;
    toPanels.add(
        new Panel(
            x + seen, z, farX, z + CAR_LENGTH, 0, CAR_HEIGHT, 0.82, car.instance, false, car.side));
    toShadows.add(
        new StreetMoment.Shadow(x, z + CAR_LENGTH / 2, half + 0.45, CAR_LENGTH / 2 + 0.5));
  }

  private void addPeople() {
    for (double z = PEOPLE_START; z < PEOPLE_END; z += draws.between(2.5, 8)) {
      double lateral = street.roadHalf() + draws.between(0.6, street.sidewalk() - 0.3);
      double pace = draws.between(0.8, 1.5) * (draws.chance(0.5) ? 1 : -1);
      addPerson((draws.chance(0.5) ? 1 : -1) * lateral, z, pace);
    }
    for (double z = PEOPLE_START + draws.between(2, 14);
        z < PEOPLE_END;
        z += draws.between(12, 26)) {
      boolean right = draws.chance(0.6);
      double lateral = street.roadHalf() - draws.between(2.2, 2.8);
      double pace = draws.between(3, 5);
      addCyclist(right ? lateral : -lateral, z, right ? pace : -pace);
    }
    for (double z = PEOPLE_START; z < PEOPLE_END; z += draws.between(14, 30)) {
      double lateral = street.roadHalf() + street.sidewalk() - 0.4;
      Surface surface = PeopleSurfaces.bicycle(draws.pick(0x2f6fb0, 0xb03030, 0x303234), 1.9);
      int instance = ++instances;
      double x = street.bend(z) + (draws.chance(0.5) ? lateral : -lateral);
      panels.add(new Panel(x - 0.95, z, x + 0.95, z, 0, 1.1, 1, instance, true, surface));
    }
  }

  private void addPerson(double lateral, double start, double pace) {
    int coat =
        draws.pick(0xb02a30, 0x2b3f6b, 0x33363a, 0xd8d2c4, 0x5a6b3c, 0xc98f2e, 0x6d4a78, 0x3f8a8c);
    int trousers = draws.pick(0x2a2d38, 0x3c4a66, 0x4d4238, 0x1f2022);
    double height = draws.between(1.55, 1.9);
    double phase = draws.between(0, 6);
    int instance = ++instances;
    movers.add(
        (seconds, p, s) -> {
          double z = start + pace * seconds;
          double x = street.bend(z) + lateral;
          double stride = StrictMath.sin(phase + 6 * seconds);
          Surface surface = PeopleSurfaces.person(coat, trousers, 0.72, height, stride);
          p.add(
              new Panel(
                  x - 0.36, z, x + 0.36, z, 0, height, FACING_LIGHT, instance, true, surface));
          s.add(new StreetMoment.Shadow(x, z, 0.5, 0.4));
        });
  }

  private void addCyclist(double lateral, double start, double pace) {
    int coat = draws.pick(0xe05a20, 0x2b8a4a, 0xd8d040, 0x3a4fa0, 0xb02a30);
    int frame = draws.pick(0x2f6fb0, 0xb03030, 0x303234);
    double height = draws.between(1.7, 1.85);
    int instance = ++instances;
    Surface surface = PeopleSurfaces.cyclist(coat, 0x2a2d38, frame, 1.9, height);
    movers.add(
        (seconds, p, s) -> {
          double z = start + pace * seconds;
          double x = street.bend(z) + lateral;
          p.add(
              new Panel(
                  x - 0.95, z, x + 0.95, z, 0, height, FACING_LIGHT, instance, true, surface));
          s.add(new StreetMoment.Shadow(x, z, 0.9, 0.5));
        });
  }

  private void addAlong(
      int side,
      double from,
      double to,
      double lateral,
      double height,
      double light,
      Surface surface) {
    panels.add(
        new Panel(
            street.bend(from) + sign(side) * lateral,
            from,
            street.bend(to) + sign(side) * lateral,
            to,
            0,
            height,
            light,
            0,
            false,
            surface));
  }

  private void addFacing(double left, double right, double z, double height, Surface surface) {
    double x = street.bend(z);
    panels.add(new Panel(x + left, z, x + right, z, 0, height, FACING_LIGHT, 0, false, surface));
  }
}
