import type { Demand } from "../../channel/demand.ts";
import type { FollowedNeed } from "../../encoding/frame_source.ts";

/** The demand for pictures, as sources follow needs. */
export function needOf(demand: Demand): FollowedNeed {
  return {
    get needed() {
      return demand.wanted;
    },
    follow: (onChange) => demand.follow(onChange),
  };
}
