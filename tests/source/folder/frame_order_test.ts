import { assertEquals } from "@std/assert";
import {
  compareNames,
  FrameOrder,
  seriesOf,
} from "../../../src/source/folder/frame_order.ts";

Deno.test("compareNames() counts numbers by their value", () => {
  const names = [
    "in10.gif",
    "in9.gif",
    "in1.gif",
    "b2.gif",
    "in100.gif",
    "in99999999999999999999.gif",
    "in.gif",
    "2024-01-10_3.gif",
    "2024-01-9_20.gif",
  ];
  assertEquals(names.sort(compareNames), [
    "2024-01-9_20.gif",
    "2024-01-10_3.gif",
    "b2.gif",
    "in1.gif",
    "in9.gif",
    "in10.gif",
    "in100.gif",
    "in99999999999999999999.gif",
    "in.gif",
  ]);
});

Deno.test("compareNames() tells names apart that count the same", () => {
  assertEquals(compareNames("in01.gif", "in1.gif"), -1);
  assertEquals(compareNames("in1.gif", "in01.gif"), 1);
  assertEquals(compareNames("in1.gif", "in1.gif"), 0);
});

Deno.test("seriesOf() is what names with other numbers share", () => {
  assertEquals(seriesOf("cam2_0013.gif"), "cam#_#.gif");
  assertEquals(seriesOf("in%d.gif"), "in%d.gif");
});

Deno.test("FrameOrder.take() refuses a file that was overtaken", () => {
  const order = new FrameOrder();
  const nine = order.began("in9.gif", false);
  const ten = order.began("in10.gif", false);
  order.completed(ten);
  assertEquals(order.take(ten), true);
  order.completed(nine);
  assertEquals(order.take(nine), false);
});

Deno.test("FrameOrder.take() accepts numbering that starts again", () => {
  const order = new FrameOrder();
  assertEquals(order.take(order.began("in99.gif", false)), true);
  assertEquals(order.take(order.began("in1.gif", false)), true);
  assertEquals(order.take(order.began("in2.gif", false)), true);
});

Deno.test("FrameOrder.began() starts numbering again after files that wait", () => {
  const order = new FrameOrder();
  const keys = ["in98.gif", "in99.gif"].map((name) => order.began(name, false));
  keys.forEach((key) => order.completed(key));
  const one = order.began("in1.gif", true);
  assertEquals([...keys, one].map((key) => order.take(key)), [
    true,
    true,
    true,
  ]);
});

Deno.test("FrameOrder.take() lets other series be", () => {
  const order = new FrameOrder();
  const status = order.began("status7.gif", false);
  assertEquals(order.take(order.began("in10.gif", false)), true);
  assertEquals(order.take(order.overwritten("in3.gif")), true);
  assertEquals(order.take(status), true);
});

Deno.test("FrameOrder.overwritten() is always newer", () => {
  const order = new FrameOrder();
  assertEquals(order.take(order.began("in5.gif", false)), true);
  assertEquals(order.take(order.overwritten("in2.gif")), true);
  assertEquals(order.take(order.overwritten("in2.gif")), true);
});

Deno.test("FrameOrder forgets series that nobody writes to any more", () => {
  const order = new FrameOrder();
  const first = order.began("a1.gif", false);
  for (let i = 0; i < 200; i++) {
    const name = `${"x".repeat(i + 2)}1.gif`;
    assertEquals(order.take(order.began(name, false)), true);
  }
  assertEquals(order.take(first), true);
});
