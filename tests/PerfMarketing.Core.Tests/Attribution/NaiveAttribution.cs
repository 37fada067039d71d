using System.Numerics;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution;

/// <summary>Each rule once more, the obvious way: lists, LINQ and exact fractions of big integers.</summary>
internal static class NaiveAttribution
{
    /// <summary>The share of each partner, as numerator over a common denominator, reduced.</summary>
    internal static Dictionary<PartnerId, (BigInteger Part, BigInteger Whole)> Shares(
        AttributionRule rule, JourneyTouch[] touches, ConversionPoint conversion, ITouchEligibility? eligibility)
    {
        List<JourneyTouch> journey =
            Eligible(rule, touches, conversion, eligibility, out HashSet<JourneyTouch> refused);
        if (journey.All(refused.Contains))
        {
            return [];
        }

        // Who owns, opens or closes is asked of those who may earn; filters see the touches as they are.
        BigInteger[] weights = Weigh(
            rule,
            rule is OwnerFirst or Participation
                ? [.. journey.Select(t => refused.Contains(t) ? t with { Partner = default } : t)]
                : journey,
            conversion);
        BigInteger total = weights.Aggregate(BigInteger.Zero, BigInteger.Add);
        return total.IsZero ? [] : journey
            .Zip(weights)
            .GroupBy(p => refused.Contains(p.First) ? default : p.First.Partner, static p => p.Second)
            .Select(static g => (g.Key, Sum: g.Aggregate(BigInteger.Add)))
            .Where(static g => !g.Sum.IsZero)
            .ToDictionary(static g => g.Key, g => Reduced(g.Sum, total));
    }

    internal static (BigInteger Part, BigInteger Whole) Reduced(BigInteger part, BigInteger whole)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(part, whole);
        return (part / divisor, whole / divisor);
    }

    private static List<JourneyTouch> Eligible(
        AttributionRule rule,
        JourneyTouch[] touches,
        ConversionPoint conversion,
        ITouchEligibility? eligibility,
        out HashSet<JourneyTouch> refused)
    {
        IEnumerable<JourneyTouch> once = touches.Where(static t => t.Id.IsUnset)
            .Concat(touches.Where(static t => !t.Id.IsUnset).GroupBy(static t => t.Id)
                .Select(static g => g.OrderBy(static t => t.RecordedAt).ThenBy(static t => t.At)
                    .ThenBy(static t => t.Sequence).ThenBy(static t => t.Partner)
                    .ThenBy(static t => t.Kind.ToString(), StringComparer.Ordinal).ThenBy(static t => t.IsTest)
                    .First()));
        List<JourneyTouch> kept = [];
        refused = [];
        bool clicked = false;
        foreach (JourneyTouch touch in once
            .OrderBy(static t => t.At).ThenBy(static t => t.Sequence).ThenBy(static t => t.Id))
        {
            if (!Counts(rule, touch, conversion, clicked))
            {
                continue;
            }

            if (eligibility?.Refuse(touch) is not null)
            {
                if (rule.Ineligible == IneligibleShare.Nobody)
                {
                    kept.Add(touch);
                    refused.Add(touch);
                }

                continue;
            }

            kept.Add(touch);
            clicked |= touch.Kind == TouchpointKind.Click;
        }

        HashSet<JourneyTouch> turned = refused;
        kept = rule.Counting switch
        {
            TouchCounting.FirstOfPartner => [.. kept.DistinctBy(t => (t.Partner, turned.Contains(t)))],
            TouchCounting.LastOfPartner =>
                [.. kept.AsEnumerable().Reverse().DistinctBy(t => (t.Partner, turned.Contains(t))).Reverse()],
            _ => kept,
        };
        if (rule.MaxTouches is { } max)
        {
            kept = [.. kept.TakeLast(max)];
        }

        foreach (ClaimBasis basis in rule.Claims.Reverse())
        {
            kept.AddRange((conversion.Claims ?? []).Where(c => c.Basis == basis)
                .Select(c => new JourneyTouch { At = conversion.At, Partner = c.Partner, Claim = c.Basis }));
        }

        return kept;
    }

    private static bool Counts(AttributionRule rule, JourneyTouch touch, ConversionPoint conversion, bool clicked)
    {
        bool cut = rule.CutAtConversion;
        if ((touch.IsTest && !conversion.IsTest) || touch.At > conversion.At || touch.RecordedAt > conversion.KnownAt
            || (cut && touch.At == conversion.At && conversion.Sequence < touch.Sequence))
        {
            return false;
        }

        if (cut && conversion.Previous is { } previous
            && (touch.At < previous.At
                || (touch.At == previous.At && !(touch.Sequence > (previous.Sequence ?? long.MaxValue)))))
        {
            return false;
        }

        Instant end = conversion.At;
        if (rule.Stage is { } stage && Fact(conversion, stage.Fact) is { } step)
        {
            if (step > conversion.At || !Inside(step, stage.Within.Length, conversion.At))
            {
                return false;
            }

            end = step;
        }

        TouchWindow? own = rule.Windows.FirstOrDefault(w => w.Touches.Matches(touch));
        Duration? window = own is null ? rule.Lookback.Length
            : clicked && own.AfterClick is { } after ? after.Length
            : own.Lookback.Length;
        if (touch.At > end || !Inside(touch.At, window, end))
        {
            return false;
        }

        return rule.Returning is not { } returning || Fact(conversion, returning.Fact) is not { } first
            || first > conversion.At || !Inside(first, returning.Window.Length, conversion.At)
            || returning.Retargeting.Matches(touch);
    }

    private static bool Inside(Instant from, Duration? window, Instant at) =>
        window is not { } length || at - from < length;

    private static Instant? Fact(ConversionPoint conversion, string name) =>
        conversion.Facts is { } facts && facts.TryFind(name, out FactValue value) && value.TryAs(out Instant at)
            ? at : null;

    private static BigInteger[] Weigh(AttributionRule rule, List<JourneyTouch> journey, ConversionPoint conversion)
    {
        int n = journey.Count;
        return rule switch
        {
            FirstTouch => Only(n, 0),
            LastTouch => Only(n, n - 1),
            Linear => [.. journey.Select(static _ => BigInteger.One)],
            LastNonDirect r => Only(
                n,
                journey.FindLastIndex(t => !r.Ignored.Contains(t.Channel)) is >= 0 and int i ? i : n - 1),
            ReferencedTouch r => conversion.Reference is { IsUnset: false } id
                && journey.FindIndex(t => t.Id == id) is >= 0 and int i ? Only(n, i)
                : r.Fallback is { } fallback ? Weigh(fallback, journey, conversion)
                : new BigInteger[n],
            PositionBased r => Positions(r, n),
            CustomWeights r => [.. journey.Select(t => new BigInteger(
                r.Weights.FirstOrDefault(w => w.Touches.Matches(t))?.Weight ?? r.Otherwise))],
            PriorityGroups r => Groups(r, journey, conversion),
            PositionVector r => Vector(r, journey),
            Participation r => Roles(r, journey),
            OwnerFirst r => Owners(r, journey, conversion),
            _ => throw new NotSupportedException(rule.Tag),
        };
    }

    private static BigInteger[] Only(int count, int place)
    {
        var weights = new BigInteger[count];
        weights[place] = 1;
        return weights;
    }

    private static BigInteger[] Positions(PositionBased rule, int n)
    {
        BigInteger first = Units(rule.First);
        BigInteger last = Units(rule.Last);
        BigInteger rest = Units(1) - first - last;
        if (rule.RestToAll)
        {
            return [.. Enumerable.Range(0, n).Select(i =>
                rest + (i == 0 ? first * n : 0) + (i == n - 1 ? last * n : 0))];
        }

        return n == 1 ? [1]
            : n == 2 ? first + last == 0 ? [1, 1] : [first, last]
            : [.. Enumerable.Range(0, n).Select(i => i == 0 ? first * (n - 2) : i == n - 1 ? last * (n - 2) : rest)];
    }

    private static BigInteger[] Groups(PriorityGroups rule, List<JourneyTouch> journey, ConversionPoint conversion)
    {
        int[] groups = [.. journey.Select(t =>
            rule.Groups.ToList().FindIndex(g => g.Matches(t)) is >= 0 and int i ? i : int.MaxValue)];
        List<int> best = [.. Enumerable.Range(0, journey.Count).Where(i => groups[i] == groups.Min())];
        return Scatter(rule.Of, journey, best, conversion);
    }

    private static BigInteger[] Scatter(
        AttributionRule rule, List<JourneyTouch> journey, List<int> places, ConversionPoint conversion)
    {
        var weights = new BigInteger[journey.Count];
        BigInteger[] part = Weigh(rule, [.. places.Select(i => journey[i])], conversion);
        for (int i = 0; i < places.Count; i++)
        {
            weights[places[i]] = part[i];
        }

        return weights;
    }

    private static BigInteger[] Vector(PositionVector rule, List<JourneyTouch> journey)
    {
        int n = journey.Count;
        Dictionary<int, BigInteger> marked = [];
        BigInteger rest = Units(1);
        foreach (PositionMark mark in rule.Marks)
        {
            rest -= Units(mark.Share);
            int place = mark.Milestone is { } name
                ? journey.FindLastIndex(t => t.Facts.TryGet(Facts.Milestone, out string? m) && m == name)
                : mark.Place switch { > 0 and int p => p - 1, < 0 and int p => n + p, _ => n < 3 ? -1 : (n - 1) / 2 };
            if (place >= 0 && place < n)
            {
                marked[place] = marked.GetValueOrDefault(place) + Units(mark.Share);
            }
        }

        int others = n - marked.Count;
        BigInteger[] weights = [.. Enumerable.Range(0, n).Select(i =>
            marked.TryGetValue(i, out BigInteger own) ? own * Math.Max(1, others) : rest)];
        return weights.All(static w => w.IsZero) ? [.. weights.Select(static _ => BigInteger.One)] : weights;
    }

    private static BigInteger[] Roles(Participation rule, List<JourneyTouch> journey)
    {
        int n = journey.Count;
        PartnerId introducer = journey[0].Partner;
        PartnerId closer = journey[^1].Partner;
        List<int> assists = [.. Enumerable.Range(0, n)
            .Where(i => journey[i].Partner != introducer && journey[i].Partner != closer)
            .DistinctBy(i => journey[i].Partner)];
        int scale = Math.Max(1, assists.Count);
        var weights = new BigInteger[n];
        foreach (int i in assists)
        {
            weights[i] = Units(rule.Assist);
        }

        weights[0] += introducer == closer && rule.CloserOnly ? 0 : Units(rule.Introducer) * scale;
        weights[n - 1] += Units(rule.Closer) * scale;
        return weights.All(static w => w.IsZero) ? Only(n, n - 1) : weights;
    }

    private static BigInteger[] Owners(OwnerFirst rule, List<JourneyTouch> journey, ConversionPoint conversion)
    {
        List<int> touches = [.. Enumerable.Range(0, journey.Count).Where(i => journey[i].Claim is null)];
        BigInteger[] inner = touches.Count == 0
            ? new BigInteger[journey.Count]
            : Scatter(rule.Of, journey, touches, conversion);
        PartnerId[] owners = [.. journey.Where(t => t.Claim is not null && t.Claim == journey[^1].Claim)
            .Select(static t => t.Partner).Distinct()
            .Where(o => rule.When switch
            {
                OwnerCondition.IfInvolved => touches.Exists(i => journey[i].Partner == o),
                OwnerCondition.IfWinner => touches.Exists(i => journey[i].Partner == o && inner[i] > 0),
                _ => true,
            })];
        owners = rule.Several switch
        {
            SeveralOwners.First => [.. owners.Take(1)],
            SeveralOwners.Last => [.. owners.TakeLast(1)],
            _ => owners,
        };
        if (owners.Length == 0)
        {
            return inner;
        }

        var weights = new BigInteger[journey.Count];
        foreach (PartnerId owner in owners)
        {
            weights[journey.FindIndex(t => t.Partner == owner)] = 1;
        }

        return weights;
    }

    private static BigInteger Units(decimal share) => new(share * 1_000_000_000m);
}
