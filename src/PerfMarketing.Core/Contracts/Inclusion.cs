namespace PerfMarketing.Contracts;

/// <summary>Whether a part of an order belongs to the <see cref="CommissionableAmount"/>.</summary>
public enum Inclusion
{
    /// <summary>It does not count.</summary>
    Out,

    /// <summary>It counts.</summary>
    In,
}
