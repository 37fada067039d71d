using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>Permissions ready to be asked about millions of touches; allocates only for a refusal.</summary>
internal sealed class CompiledPermissions
{
    private readonly Sets<ChannelId> channels;
    private readonly Sets<string> methods;
    private readonly Sets<TouchpointKind> kinds;
    private readonly Place[] places;
    private readonly Place[] deniedPlaces;
    private readonly CompiledCondition? when;

    private CompiledPermissions(Permissions terms, DateTimeZone zone)
    {
        channels = new(terms.Channels, terms.DeniedChannels);
        methods = new(terms.Methods, terms.DeniedMethods);
        kinds = new(terms.Kinds, terms.DeniedKinds);
        places = [.. terms.Places];
        deniedPlaces = [.. terms.DeniedPlaces];
        when = terms.When?.Compile(zone);
    }

    public static CompiledPermissions? Of(Permissions? terms, DateTimeZone zone) =>
        terms is null ? null : new(terms, zone);

    public Reason? Refuse(in JourneyTouch touch)
    {
        if (!kinds.Permit(touch.Kind, !touch.Kind.IsUnset))
        {
            return Reason.Of(PermissionCodes.KindNotAllowed, ("kind", touch.Kind));
        }

        if (!channels.Permit(touch.Channel, !touch.Channel.IsUnset))
        {
            return Reason.Of(PermissionCodes.ChannelNotAllowed, ("channel", touch.Channel));
        }

        FactSet facts = touch.Facts;
        if (!methods.IsOpen)
        {
            bool isKnown = facts.TryGet(Facts.Method, out string? method);
            if (!methods.Permit(method ?? string.Empty, isKnown))
            {
                return Reason.Of(PermissionCodes.MethodNotAllowed, ("method", method ?? string.Empty));
            }
        }

        return !PermitsPlace(facts) ? PlaceNotAllowed(facts)
            : when is not null && !when.Evaluate(facts, touch.At) ? NotMet(when, facts, touch.At)
            : null;
    }

    private bool PermitsPlace(FactSet facts) =>
        (places.Length == 0 || IsIn(places, facts)) && (deniedPlaces.Length == 0 || !IsIn(deniedPlaces, facts));

    private static bool IsIn(Place[] list, FactSet facts)
    {
        foreach (Place place in list)
        {
            if (place.Contains(facts))
            {
                return true;
            }
        }

        return false;
    }

    private static Reason PlaceNotAllowed(FactSet facts) => Reason.Of(
        PermissionCodes.PlaceNotAllowed,
        ("country", facts.TryGet(Facts.Country, out string? country) ? country : string.Empty),
        ("region", facts.TryGet(Facts.Region, out string? region) ? region : string.Empty));

    private static Reason NotMet(CompiledCondition when, FactSet facts, Instant at) =>
        Reason.Of(PermissionCodes.ConditionNotMet, ("because", when.Explain(facts, at)[0].Code));

    // Most lists are empty and then nothing is looked up.
    private readonly struct Sets<T>(ValueList<T> allowed, ValueList<T> denied)
        where T : notnull
    {
        private readonly HashSet<T>? allow = allowed.Count > 0 ? [.. allowed] : null;
        private readonly HashSet<T>? deny = denied.Count > 0 ? [.. denied] : null;

        public bool IsOpen => allow is null && deny is null;

        public bool Permit(T value, bool isKnown) => isKnown
            ? allow?.Contains(value) != false && deny?.Contains(value) != true
            : allow is null;
    }
}
