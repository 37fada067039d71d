using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Logs;

/// <summary>What many touchpoints have in common: all but the customer, the clocks, the sequence and the id.</summary>
internal sealed record TouchProfile
{
    private string? text;

    /// <summary>Whose advertising it was; unset when nobody's.</summary>
    public PartnerId Partner { get; init; }

    /// <summary>What kind of contact it was.</summary>
    public TouchpointKind Kind { get; init; } = TouchpointKind.Click;

    /// <summary>Through which channel it came.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>What else is known.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>Whether it is a test.</summary>
    public bool IsTest { get; init; }

    /// <summary>
    /// Everything as one text: equal profiles have equal texts, and texts order touches of one instant.
    /// </summary>
    public string Text => text ??= Render();

    private string Render()
    {
        TermWriter terms = new();
        terms.Value("partner", Partner);
        terms.Value("kind", Kind);
        terms.Value("channel", Channel);
        if (Facts.Count > 0)
        {
            terms.Terms("facts", Facts);
        }

        terms.Flag("isTest", IsTest);
        return JsonText.Write(terms.ToNode());
    }
}
