using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>One journey while its credit is decided: the scratch space and the steps.</summary>
internal ref partial struct JourneyWork
{
    internal const int IntsPerTouch = 3;
    internal const int LongsPerTouch = 2;

    private readonly AttributionRule rule;
    private readonly ReadOnlySpan<JourneyTouch> touches;
    private readonly ref readonly ConversionPoint conversion;

    // Positions of all touches in order; of the eligible ones in order; scratch of sorting, then each partner's
    // first touch.
    private readonly Span<int> order;
    private readonly Span<int> eligible;
    private readonly Span<int> spare;

    // A hash table of positions: touches by id, then partners.
    private readonly Span<int> slots;

    // By place among the eligible touches; by partner.
    private readonly Span<long> weights;
    private readonly Span<long> sums;

    // By position.
    private readonly Span<TouchFate> fates;
    private Reason?[]? refusals;
    private int eligibleCount;

    // How many of the eligible ones are weighed though nobody gets what they get; whether a click was eligible so far.
    private int refusedCount;
    private bool hasClick;
    private int creditedCount;

    internal JourneyWork(
        AttributionRule rule,
        ReadOnlySpan<JourneyTouch> touches,
        in ConversionPoint conversion,
        Span<int> ints,
        Span<int> slots,
        Span<long> longs,
        Span<TouchFate> fates)
    {
        int count = touches.Length;
        this.rule = rule;
        this.touches = touches;
        this.conversion = ref conversion;
        this.slots = slots;
        this.fates = fates[..count];
        order = ints[..count];
        eligible = ints.Slice(count, count);
        spare = ints.Slice(2 * count, count);
        weights = longs[..count];
        sums = longs.Slice(count, count);
    }

    internal AttributionDecision Decide(ITouchEligibility? eligibility, ExplainLevel explain)
    {
        fates.Clear();
        TouchOrder.Sort(touches, order, spare);
        TouchOrder.MarkDuplicates(touches, order, fates, slots);
        if (explain == ExplainLevel.Standard && rule.CreditsNewestOnly && !rule.IsIntricate
            && touches.Length <= Attributor.TouchCountMax)
        {
            JudgeNewest(eligibility);
        }
        else
        {
            Judge(eligibility, explain);
            Narrow();
        }

        if (explain == ExplainLevel.Standard && eligibleCount == refusedCount
            && LackingTouches.Of(fates) is { } lacking)
        {
            return new(lacking);
        }

        long total = 0;
        Reason? none = eligibleCount == refusedCount ? LackingTouches.ReasonOf(fates)
            : eligibleCount > Attributor.TouchCountMax ? TooLong()
            : null;
        if (none is null)
        {
            JourneyView view = new(touches, eligible[..eligibleCount], fates, conversion);
            total = rule.Share(view, weights[..eligibleCount], out none);
        }
        else
        {
            weights.Clear();
        }

        if (total > 0 && OnlyCredited(total) is >= 0 and int place)
        {
            TouchCredit only = Explained(eligible[place], total, RefusalOf(eligible[place]));
            return explain == ExplainLevel.Full ? new(AllTouches(), only) : new(only);
        }

        ValueList<Credit> credits = Credits(total);
        return new(
            credits,
            explain == ExplainLevel.Full ? ValueList<TouchCredit>.Own(AllTouches()) : CreditedTouches(),
            none);
    }

    private void Judge(ITouchEligibility? eligibility, ExplainLevel explain)
    {
        foreach (int position in order)
        {
            ref readonly JourneyTouch touch = ref touches[position];
            TouchFate fate = fates[position] == TouchFate.Duplicate ? TouchFate.Duplicate
                : touch.Claim is not null ? TouchFate.Eligible
                : FateOf(touch);
            if (fate == TouchFate.Eligible && touch.Claim is null && eligibility?.Refuse(touch) is { } refusal)
            {
                fate = TouchFate.NotEligible;
                if (explain == ExplainLevel.Full || rule.Ineligible == IneligibleShare.Nobody)
                {
                    refusals ??= new Reason?[touches.Length];
                    refusals[position] = refusal;
                }
            }

            fates[position] = fate;
            if (fate == TouchFate.Eligible)
            {
                eligible[eligibleCount++] = position;
                hasClick = hasClick || (!rule.IsPlain && touch.Kind == TouchpointKind.Click);
            }
            else if (fate == TouchFate.NotEligible && rule.Ineligible == IneligibleShare.Nobody)
            {
                eligible[eligibleCount++] = position;
                refusedCount++;
            }
        }
    }

    // From the newest touch back to the first eligible one: nothing is asked of those before it.
    private void JudgeNewest(ITouchEligibility? eligibility)
    {
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int position = order[i];
            ref readonly JourneyTouch touch = ref touches[position];
            TouchFate fate = fates[position] == TouchFate.Duplicate ? TouchFate.Duplicate : FateOf(touch);
            fate = fate == TouchFate.Eligible && eligibility?.Refuse(touch) is not null ? TouchFate.NotEligible : fate;
            fates[position] = fate;
            if (fate == TouchFate.Eligible)
            {
                eligible[eligibleCount++] = position;
                return;
            }
        }
    }

    // The place of the touch that has all the weight; -1 when several share it.
    private readonly int OnlyCredited(long total)
    {
        for (int i = eligibleCount - 1; i >= 0; i--)
        {
            if (weights[i] != 0)
            {
                return weights[i] == total ? i : -1;
            }
        }

        return -1;
    }

    private readonly TouchFate FateOf(in JourneyTouch touch) => FateOf(rule, touch, conversion, hasClick);

    internal static TouchFate FateOf(
        AttributionRule rule, in JourneyTouch touch, in ConversionPoint conversion, bool hasClick)
    {
        if (touch.IsTest && !conversion.IsTest)
        {
            return TouchFate.Test;
        }

        // Only a cut tells events of one instant apart; otherwise all its touches count.
        if (touch.At > conversion.At
            || (rule.CutAtConversion && touch.At == conversion.At && touch.Sequence > conversion.Sequence))
        {
            return TouchFate.AfterConversion;
        }

        if (touch.RecordedAt > conversion.KnownAt)
        {
            return TouchFate.TouchLate;
        }

        if (rule.CutAtConversion && conversion.Previous is { } cut
            && (touch.At < cut.At || (touch.At == cut.At && (cut.Sequence is null || touch.Sequence <= cut.Sequence))))
        {
            return TouchFate.BeforeCut;
        }

        return !rule.IsPlain ? WindowTerms.FateOf(rule, touch, conversion, hasClick)
            : rule.Lookback.Contains(touch.At, conversion.At) ? TouchFate.Eligible
            : TouchFate.OutsideLookback;
    }

    private ValueList<Credit> Credits(long total)
    {
        if (total == 0)
        {
            return ValueList<Credit>.Empty;
        }

        slots.Clear();
        int partners = 0;
        for (int i = 0; i < eligibleCount; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            creditedCount++;
            int partner = PartnerAt(eligible[i], ref partners);
            sums[partner] += weights[i];
        }

        if (partners == 1)
        {
            return ValueList<Credit>.One(new(BeneficiaryOf(spare[0]), sums[0], total));
        }

        var credits = new Credit[partners];
        for (int i = 0; i < credits.Length; i++)
        {
            credits[i] = new(BeneficiaryOf(spare[i]), sums[i], total);
        }

        return ValueList<Credit>.Own(credits);
    }

    // The number of the touch's partner, in the order of first credited touches.
    private readonly int PartnerAt(int position, ref int partners)
    {
        PartnerId partner = BeneficiaryOf(position);
        int slot = partner.GetHashCode() & (slots.Length - 1);
        while (slots[slot] != 0 && BeneficiaryOf(spare[slots[slot] - 1]) != partner)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        if (slots[slot] == 0)
        {
            spare[partners] = position;
            sums[partners] = 0;
            slots[slot] = ++partners;
        }

        return slots[slot] - 1;
    }

    private readonly ValueList<TouchCredit> CreditedTouches()
    {
        if (creditedCount == 0)
        {
            return ValueList<TouchCredit>.Empty;
        }

        TouchCredit[] list = creditedCount == 1 ? [] : new TouchCredit[creditedCount];
        int filled = 0;
        for (int i = 0; i < eligibleCount; i++)
        {
            if (weights[i] > 0)
            {
                TouchCredit credited = Explained(eligible[i], weights[i], RefusalOf(eligible[i]));
                if (list.Length == 0)
                {
                    return ValueList<TouchCredit>.One(credited);
                }

                list[filled++] = credited;
            }
        }

        return ValueList<TouchCredit>.Own(list);
    }

    private readonly TouchCredit[] AllTouches()
    {
        var list = new TouchCredit[touches.Length];
        Reason? outside = null;
        int next = 0;
        for (int i = 0; i < list.Length; i++)
        {
            int position = order[i];
            TouchFate fate = fates[position];
            long weight = next < eligibleCount && eligible[next] == position ? weights[next++] : 0;
            Reason? reason = RefusalOf(position) is { } refusal ? refusal
                : weight > 0 ? null
                : fate != TouchFate.OutsideLookback ? fate.ToReason()
                : rule.IsPlain ? outside ??= OutsideLookback()
                : OutsideOwnWindow(position);
            list[i] = Explained(position, weight, reason);
        }

        return list;
    }

    private readonly TouchCredit Explained(int position, long weight, Reason? reason)
    {
        ref readonly JourneyTouch touch = ref touches[position];
        return new(touch.Id, touch.At, weight > 0 ? BeneficiaryOf(position) : touch.Partner, weight, reason)
        {
            Claim = touch.Claim,
        };
    }

    private readonly Reason OutsideLookback() =>
        Reason.Of(AttributionReasons.OutsideLookback, ("lookback", rule.Lookback));

    private static Reason NotEligible(Reason refusal) =>
        new(AttributionReasons.NotEligible, [new ReasonArg("reason", refusal.Code), .. refusal.Args]);

    private readonly Reason TooLong() => Reason.Of(
        AttributionReasons.JourneyTooLong, ("touches", eligibleCount), ("max", Attributor.TouchCountMax));
}
