using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <content>What becomes of eligible touches that are not weighed each, and of those that nobody earns by.</content>
internal ref partial struct JourneyWork
{
    // Leaves one touch of each partner, and the newest of too many, when the rule says so. Claims stay, at the end.
    private void Narrow()
    {
        if (rule.Counting == TouchCounting.EachTouch && rule.MaxTouches is null)
        {
            return;
        }

        int end = eligibleCount;
        while (eligibleCount > 0 && touches[eligible[eligibleCount - 1]].Claim is not null)
        {
            eligibleCount--;
        }

        Span<int> claims = eligible[eligibleCount..end];
        if (rule.Counting != TouchCounting.EachTouch)
        {
            CountOnce(rule.Counting == TouchCounting.LastOfPartner);
        }

        if (rule.MaxTouches is { } max && eligibleCount > max)
        {
            int gone = eligibleCount - max;
            for (int i = 0; i < gone; i++)
            {
                Drop(eligible[i], TouchFate.BeyondMaxTouches);
            }

            eligible[gone..eligibleCount].CopyTo(eligible);
            eligibleCount = max;
        }

        claims.CopyTo(eligible[eligibleCount..]);
        eligibleCount += claims.Length;
    }

    // A partner's refused touches, which nobody earns by, take the place of none of his eligible ones.
    private void CountOnce(bool last)
    {
        slots.Clear();
        for (int n = 0; n < eligibleCount; n++)
        {
            int i = last ? eligibleCount - 1 - n : n;
            PartnerId partner = touches[eligible[i]].Partner;
            bool refused = fates[eligible[i]] == TouchFate.NotEligible;
            int slot = partner.GetHashCode() & (slots.Length - 1);
            while (slots[slot] != 0 && (touches[slots[slot] - 1].Partner != partner
                || (fates[slots[slot] - 1] == TouchFate.NotEligible) != refused))
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            if (slots[slot] != 0)
            {
                Drop(eligible[i], TouchFate.CountedOnce);
            }
            else
            {
                slots[slot] = eligible[i] + 1;
            }
        }

        int kept = 0;
        for (int i = 0; i < eligibleCount; i++)
        {
            if (fates[eligible[i]] != TouchFate.CountedOnce)
            {
                eligible[kept++] = eligible[i];
            }
        }

        eligibleCount = kept;
    }

    private void Drop(int position, TouchFate fate)
    {
        refusedCount -= fates[position] == TouchFate.NotEligible ? 1 : 0;
        fates[position] = fate;
    }

    // Who gets what a touch gets: nobody, when it was refused and weighed all the same.
    private readonly PartnerId BeneficiaryOf(int position) =>
        fates[position] == TouchFate.NotEligible ? default : touches[position].Partner;

    private readonly Reason? RefusalOf(int position) =>
        fates[position] == TouchFate.NotEligible && refusals?[position] is { } refusal ? NotEligible(refusal) : null;

    private readonly Reason OutsideOwnWindow(int position)
    {
        // Clicks before the touch: those that are eligible, since the touch itself is not.
        bool clicked = false;
        for (int i = 0; i < order.Length && order[i] != position; i++)
        {
            ref readonly JourneyTouch before = ref touches[order[i]];
            clicked = clicked || (before.Kind == TouchpointKind.Click && fates[order[i]]
                is TouchFate.Eligible or TouchFate.CountedOnce or TouchFate.BeyondMaxTouches);
        }

        return Reason.Of(
            AttributionReasons.OutsideLookback,
            ("lookback", WindowTerms.LookbackOf(rule, touches[position], clicked)));
    }
}
