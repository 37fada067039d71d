namespace PerfMarketing.Events;

/// <summary>What a fact holds, and so how JSON writes it.</summary>
public enum FactKind
{
    /// <summary>A text: also an amount, a rate, an instant, a date or a member of an enum.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Several texts, such as the coupons of one order.</summary>
    Texts,
}
