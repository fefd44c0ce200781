/* The reduced model in C: reduced_rules.py line by line, with the loop of the compiled peer.
 *
 * peer_c.py writes fields.h into the folder it compiles in: the records as structs, and the
 * model's constants and tables. Compile without contraction: a fused multiply-add rounds once where the other
 * peers round twice.
 */
#include <math.h>
#include <stdint.h>

#include "fields.h"

enum {
    WAIT, HIKE, HIKE_MORE, THREATEN, WITHDRAW, CUT, OFFER, QUIT, RESTRICT, EASE, PLEDGE, INVITE
};

enum {
    CALENDAR, SHOCKS, LEADERS, TALKS_CLOCK, US_CLOCK, CN_CLOCK, US_REPLIES, CN_REPLIES,
    IMPLEMENTATION, TRUCE, DELIVERIES, ECONOMY, BOOKKEEPING, N_CLOCKS
};

typedef struct {
    State *state;
    const Params *params;
    uint32_t seed;
    uint32_t replicate;
    Sheet *sheet;
} World;

/* ------------------------------------------------------------------------------------- draws */

static double draw(const World *world, int site) {
    uint32_t c0 = (uint32_t)world->state->day, c1 = STREAMS[site], c2 = KS[site], c3 = 0;
    uint32_t k0 = world->seed, k1 = world->replicate;
    for (int i = 0; i < 10; i++) {
        uint64_t product_0 = (uint64_t)0xD2511F53u * c0;
        uint64_t product_2 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(product_2 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product_2;
        c2 = (uint32_t)(product_0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product_0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return ((double)(c0 >> 6) * 67108864.0 + (double)(c1 >> 6) + 0.5) / 4503599627370496.0;
}

/* ------------------------------------------------------------------------------------- rules */

static double bounded(double x, double least, double most) {
    if (x < least) return least;
    if (x > most) return most;
    return x;
}

static double squash(double x) { return 1.0 / (1.0 + exp(-bounded(x, -40.0, 40.0))); }

static double gumbel(double u) { return -log(-log(u)); }

static void apply_morning(State *s, const Params *p) {
    s->tension += p->tension_speed * (p->tension_rest - s->tension);
    for (int side = 0; side < 2; side++) {
        double burden = 0.01 * (s->duty_pp[side] + s->duty_pp[1 - side]) + 0.1 * s->control[side];
        s->pressure[side] += p->pressure_speed * (burden - s->pressure[side]);
    }
}

static void apply_tension(State *s, double step) {
    s->tension = bounded(s->tension + step, 0.0, 10.0);
}

static void apply_announcement(State *s, int side, double points, int64_t due) {
    for (int i = 0; i < N_PENDING; i++) {
        if (s->pending_due[i] == 0) {
            s->pending_due[i] = due;
            s->pending_side[i] = side;
            s->pending_pp[i] = points;
            return;
        }
    }
    s->overflow += 1;
}

static void apply_truce(State *s, const Params *p, int64_t days) {
    if (s->truce_ends_on == 0) {
        for (int side = 0; side < 2; side++) {
            s->relief_pp[side] = p->relief_share * s->duty_pp[side];
            s->duty_pp[side] -= s->relief_pp[side];
        }
        s->truce_ends_on = s->day + days;
    } else {
        s->truce_ends_on += days;
    }
    s->truces += 1;
    apply_tension(s, -0.5);
}

static int legal(const State *s, int side, int act) {
    switch (act) {
    case HIKE: return s->truce_ends_on == 0 && s->duty_pp[side] < 150.0;
    case HIKE_MORE: return s->truce_ends_on == 0 && s->duty_pp[side] < 120.0 && s->tension > 3.0;
    case THREATEN: return s->threat_due[side] == 0;
    case WITHDRAW: return s->threat_due[side] > 0;
    case CUT: return s->duty_pp[side] > 5.0;
    case OFFER: return s->talks_open == 0;
    case QUIT: return s->talks_open == 1;
    case RESTRICT: return s->control[side] < 5.0;
    case EASE: return s->control[side] > 0.5;
    case PLEDGE: return s->pledged < 200.0;
    case INVITE: return s->summit_day == 0;
    default: return 1;
    }
}

static double utility(const State *s, const Params *p, int side, int act) {
    const double *w = p->weight[side][act];
    double gap = 0.01 * (s->duty_pp[1 - side] - s->duty_pp[side]);
    return w[0] + w[1] * s->tension + w[2] * s->pressure[side] + w[3] * gap;
}

static void apply_act(State *s, const Params *p, int side, int act, double u_size, double u_date) {
    double points;
    s->acts[act] += 1;
    switch (act) {
    case HIKE:
    case HIKE_MORE:
        points = act == HIKE ? 5.0 + 15.0 * u_size : 15.0 + 35.0 * u_size;
        apply_announcement(s, side, points,
                           s->day + 1 + (int64_t)((double)p->notice_days * u_date));
        s->owed_pp[1 - side] += points;
        apply_tension(s, 0.03 * points);
        break;
    case THREATEN:
        s->threat_due[side] = s->day + 10 + (int64_t)(30.0 * u_date);
        s->threat_pp[side] = 10.0 + 50.0 * u_size;
        apply_tension(s, 0.4);
        break;
    case WITHDRAW:
        s->threat_due[side] = 0;
        apply_tension(s, -0.3);
        break;
    case CUT:
        points = s->duty_pp[side] * (0.05 + 0.2 * u_size);
        apply_announcement(s, side, -points, s->day + 1 + (int64_t)(10.0 * u_date));
        apply_tension(s, -0.3);
        break;
    case OFFER:
        s->talks_open = 1;
        s->talks_since = s->day;
        break;
    case QUIT:
        s->talks_open = 0;
        apply_tension(s, 0.3);
        break;
    case RESTRICT:
        s->control[side] += 0.5 + u_size;
        apply_tension(s, 0.4);
        break;
    case EASE:
        s->control[side] *= 0.5;
        apply_tension(s, -0.2);
        break;
    case PLEDGE:
        s->pledged += 10.0 + 20.0 * u_size;
        apply_tension(s, -0.2);
        break;
    case INVITE:
        s->summit_day = s->day + 20 + (int64_t)(60.0 * u_date);
        break;
    default:
        break;
    }
}

static void apply_reply(State *s, const Params *p, int side, double u_form) {
    double points = s->owed_pp[side];
    s->owed_pp[side] = 0.0;
    double full = squash(0.3 * s->tension - 1.5);
    if (u_form >= full + 0.5 * (1.0 - full)) return;
    if (u_form >= full) points *= 0.4;
    apply_announcement(s, side, points, s->day + 1 + p->notice_days / 2);
    apply_tension(s, 0.02 * points);
}

static void apply_pending(State *s) {
    for (int i = 0; i < N_PENDING; i++) {
        if (s->pending_due[i] != 0 && s->pending_due[i] <= s->day) {
            int64_t side = s->pending_side[i];
            s->duty_pp[side] = bounded(s->duty_pp[side] + s->pending_pp[i], 0.0, 200.0);
            s->pending_due[i] = 0;
        }
    }
}

static void apply_expiry(State *s) {
    for (int side = 0; side < 2; side++) {
        s->duty_pp[side] += s->relief_pp[side];
        s->relief_pp[side] = 0.0;
    }
    s->truce_ends_on = 0;
    s->snapbacks += 1;
    apply_tension(s, 0.8);
}

static void apply_trade(State *s, const Params *p) {
    double total = 0.0;
    for (int side = 0; side < 2; side++) {
        double duty = 0.01 * s->duty_pp[side];
        for (int i = 0; i < N_SECTORS; i++) {
            double cost = 1.0 + p->share[i] * duty;
            double target = p->base[side][i] * exp(-p->theta[i] * log(cost));
            double flow = s->flow[side][i];
            flow += p->trade_speed * (target - flow);
            s->flow[side][i] = flow;
            total += flow;
        }
    }
    s->trade = total;
}

/* ------------------------------------------------------------------------------------ clocks */

static void ring_shocks(const World *world) {
    State *s = world->state;
    if (draw(world, INCIDENT) < world->params->incident_rate) {
        s->incidents += 1;
        apply_tension(s, -world->params->severity * log(draw(world, INCIDENT + 1)));
    }
}

static void ring_leaders(const World *world) {
    State *s = world->state;
    const Params *p = world->params;
    double u = draw(world, SUMMIT);
    if (s->summit_day == 0) {
        if (u < squash(p->summit_logit - 0.1 * s->tension + s->pressure[US]))
            s->summit_day = s->day + 20 + (int64_t)(60.0 * draw(world, SUMMIT + 1));
    } else if (s->summit_day == s->day) {
        s->summit_day = 0;
        s->summits += 1;
        if (draw(world, SUMMIT + 2) < p->summit_wins) {
            apply_truce(s, p, 2 * p->truce_days);
            apply_tension(s, -1.0);
        } else {
            apply_tension(s, 1.0);
        }
    }
}

static void ring_talks(const World *world) {
    State *s = world->state;
    const Params *p = world->params;
    double u = draw(world, TALKS);
    if (s->talks_open == 0) {
        if (u < squash(p->talks_logit + s->pressure[US] + s->pressure[CN])) {
            s->talks_open = 1;
            s->talks_since = s->day;
        }
    } else if (s->truce_ends_on > 0) {
        if (s->truce_ends_on - s->day <= 14 && draw(world, EXTEND) < p->extend_rate)
            apply_truce(s, p, p->truce_days);
    } else if (u < p->round_rate) {
        int signatures = 0;
        s->rounds += 1;
        for (int side = 0; side < 2; side++) {
            double lean = p->sign_logit[side] + s->pressure[side] - 0.25 * s->tension;
            if (draw(world, SIGN + side) < squash(lean)) signatures += 1;
        }
        if (signatures == 2)
            apply_truce(s, p, p->truce_days);
        else if (s->day - s->talks_since > 60)
            s->talks_open = 0;
    }
}

static int choose(const World *world, int side) {
    int best = WAIT;
    double best_value = -1e300;
    for (int act = 0; act < N_ACTS; act++) {
        if (legal(world->state, side, act)) {
            double luck = gumbel(draw(world, CHOICE + N_ACTS * side + act));
            double value = utility(world->state, world->params, side, act)
                           + world->params->noise[side] * luck;
            if (value > best_value) {
                best = act;
                best_value = value;
            }
        }
    }
    return best;
}

static void govern(const World *world, int side) {
    State *s = world->state;
    const Params *p = world->params;
    if (s->threat_due[side] != 0 && s->threat_due[side] <= s->day) {
        double u = draw(world, THREAT + side);
        s->threat_due[side] = 0;
        if (u < p->execute) {
            double points = s->threat_pp[side];
            apply_announcement(s, side, points, s->day + 1);
            s->owed_pp[1 - side] += points;
            apply_tension(s, 0.03 * points);
        } else if (u < p->execute + p->postpone) {
            s->threat_due[side] = s->day + 15;
        } else {
            apply_tension(s, -0.4);
        }
    } else if (draw(world, REVIEW + side) < squash(p->review_logit[side] + 0.2 * s->tension)) {
        int act = choose(world, side);
        double u_size = draw(world, ACT + 2 * side), u_date = draw(world, ACT + 2 * side + 1);
        apply_act(s, p, side, act, u_size, u_date);
    }
}

static void answer(const World *world, int side) {
    State *s = world->state;
    if (draw(world, REPLY + 2 * side) < world->params->reply_rate[side] && s->owed_pp[side] > 0.0)
        apply_reply(s, world->params, side, draw(world, REPLY + 2 * side + 1));
}

static void ring_deliveries(const World *world) {
    State *s = world->state;
    const Params *p = world->params;
    double amount = 0.0;
    for (int good = 0; good < N_GOODS; good++) {
        double luck = gumbel(draw(world, DELIVERY + good));
        amount += p->goods[good] * exp(-p->goods_noise * luck - 0.1 * s->tension);
    }
    s->delivered += bounded(amount, 0.0, 0.1 * s->pledged);
    if (s->delivered < 0.3 * s->pledged) apply_tension(s, 0.1);
}

static void read_outcomes(const State *s, double *out) {
    out[0] = s->tension;
    out[1] = s->tension_max;
    out[2] = (double)s->high_days;
    out[3] = s->duty_pp[US];
    out[4] = s->duty_pp[CN];
    out[5] = s->duty_sum[US] / DAYS;
    out[6] = s->duty_sum[CN] / DAYS;
    out[7] = s->trade;
    out[8] = (double)s->truces;
    out[9] = (double)s->snapbacks;
    out[10] = (double)s->summits;
    out[11] = s->delivered;
    out[12] = s->pressure[US] + s->pressure[CN];
    out[13] = (double)(s->acts[HIKE] + s->acts[HIKE_MORE]);
    out[14] = (double)s->incidents;
    out[15] = (double)s->rings;
}

static void ring_bookkeeping(const World *world) {
    State *s = world->state;
    if (s->tension > s->tension_max) s->tension_max = s->tension;
    if (s->tension > 6.0) s->high_days += 1;
    for (int side = 0; side < 2; side++) s->duty_sum[side] += s->duty_pp[side];
    if (s->day % 7 == 1) {
        double *path = world->sheet->paths[s->week];
        path[0] = s->tension;
        path[1] = s->duty_pp[US];
        path[2] = s->duty_pp[CN];
        path[3] = s->trade;
        s->week += 1;
    }
    if (s->day == UNTIL) read_outcomes(s, world->sheet->outcomes);
}

static void ring(const World *world, int clock) {
    world->state->rings += 1;
    switch (clock) {
    case CALENDAR: apply_morning(world->state, world->params); break;
    case SHOCKS: ring_shocks(world); break;
    case LEADERS: ring_leaders(world); break;
    case TALKS_CLOCK: ring_talks(world); break;
    case US_CLOCK: govern(world, US); break;
    case CN_CLOCK: govern(world, CN); break;
    case US_REPLIES: answer(world, US); break;
    case CN_REPLIES: answer(world, CN); break;
    case IMPLEMENTATION: apply_pending(world->state); break;
    case TRUCE: apply_expiry(world->state); break;
    case DELIVERIES: ring_deliveries(world); break;
    case ECONOMY: apply_trade(world->state, world->params); break;
    default: ring_bookkeeping(world); break;
    }
}

static void play(const World *world) {
    int64_t due[N_CLOCKS];
    int month = 0;
    for (int clock = 0; clock < N_CLOCKS; clock++) due[clock] = START * TICKS_PER_DAY + clock;
    due[DELIVERIES] = FIRSTS[0] * TICKS_PER_DAY + DELIVERIES;
    due[ECONOMY] = FIRSTS[0] * TICKS_PER_DAY + ECONOMY;
    for (;;) {
        int64_t ends = world->state->truce_ends_on;
        due[TRUCE] = ends > 0 ? ends * TICKS_PER_DAY + TRUCE : INT64_MAX;
        int clock = 0;
        int64_t tick = due[0];
        for (int i = 1; i < N_CLOCKS; i++) {
            if (due[i] < tick) {
                clock = i;
                tick = due[i];
            }
        }
        if (tick >= (UNTIL + 1) * TICKS_PER_DAY) return;
        if (clock == CALENDAR) world->state->day = tick / TICKS_PER_DAY;
        ring(world, clock);
        if (clock == DELIVERIES) {
            due[clock] = FIRSTS[month + 1] * TICKS_PER_DAY + DELIVERIES;
        } else if (clock == ECONOMY) {
            month += 1;
            due[clock] = FIRSTS[month] * TICKS_PER_DAY + ECONOMY;
        } else if (clock != TRUCE) {
            due[clock] += TICKS_PER_DAY;
        }
    }
}

/* Plays consecutive replicates. */
void play_many(uint32_t seed, uint32_t first, int64_t count, const State *opened,
               const Params *params, Sheet *sheets) {
    for (int64_t run = 0; run < count; run++) {
        State state = *opened;
        World world = {&state, params, seed, first + (uint32_t)run, sheets + run};
        play(&world);
    }
}
